import { html, render } from 'lit';

/**
 * Asks before something is done. Resolves to whether it is wanted; Escape and "Cancel" say no. The focus goes back to where it was.
 *
 * @param details a template shown below the question
 * @param danger whether it destroys something
 */
export function confirm({ title, details = '', action = 'Continue', danger = false }) {
  const dialog = document.createElement('dialog');
  dialog.className = 'confirm';
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  render(html`
    <form method="dialog">
      <h2 id="confirm-title">${title}</h2>
      <div>${details}</div>
      <div class="actions">
        <button value="no" autofocus>Cancel</button>
        <button value="yes" class=${danger ? 'danger' : 'primary'}>${action}</button>
      </div>
    </form>`, dialog);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    }, { once: true });
  });
}

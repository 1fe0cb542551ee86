import { html } from '../app/page.js';
import { announce } from '../app/announce.js';

/** A secret that is shown this once. */
export function secretOnce({ title, secret, onDone }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(secret);
      announce('Copied.');
    } catch {
      announce('It could not be copied: select it instead.');
    }
  };
  return html`<section class="card secret" aria-labelledby="secret-title">
    <h2 id="secret-title">${title}</h2>
    <p>It is shown only now. Keep it where only who needs it can read it.</p>
    <div class="row"><input class="grows" readonly aria-labelledby="secret-title" .value=${secret} @focus=${event => event.target.select()}>
      <button type="button" @click=${copy}>Copy</button><button type="button" class="primary" @click=${onDone}>I have it</button></div>
  </section>`;
}

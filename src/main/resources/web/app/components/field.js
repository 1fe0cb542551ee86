import { html, nothing } from 'lit';

/**
 * A labelled form field with its help and its error.
 *
 * @param control gets `{id, describedBy}`; the input, select or textarea
 * @param error text, such as `error.of('/label')` of an ApiError
 */
export function field({ id, label, help, error, control }) {
  const describedBy = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || nothing;
  return html`
    <div class="field" ?data-wrong=${Boolean(error)}>
      <label for=${id}>${label}</label>
      ${control({ id, describedBy })}
      ${help ? html`<p class="help" id="${id}-help">${help}</p>` : nothing}
      ${error ? html`<p class="wrong" id="${id}-error">${error}</p>` : nothing}
    </div>`;
}

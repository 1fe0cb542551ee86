import { html, nothing } from 'lit';
import { session } from '../session.js';

/** What the service refused: title, detail, what is wrong with which field. */
export function problem(error, again = null) {
  const fields = error.errors ?? [];
  return html`
    <div class="problem" role="alert">
      <p class="problem-title">${error.title ?? 'This did not work'}</p>
      ${error.message && error.message !== error.title ? html`<p>${error.message}</p>` : nothing}
      ${error.retryAfter ? html`<p>Try again in ${error.retryAfter} s.</p>` : nothing}
      ${fields.length ? html`<ul>${fields.map(one => html`<li>${one.pointer ? html`<code>${one.pointer}</code> ` : nothing}${one.detail}${
        one.line ? html` <span class="muted">(line ${one.line}, column ${one.column})</span>` : nothing}</li>`)}</ul>` : nothing}
      ${again && error.status !== 403 ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
    </div>`;
}

/** Nothing to show, and what to do about it. */
export function empty(message, action = nothing) {
  return html`<div class="empty"><p>${message}</p>${action}</div>`;
}

export function loading(label = 'Loading…') {
  return html`<p class="loading" role="status">${label}</p>`;
}

/**
 * A `Load` as it stands: loading, failed, or what `view` makes of its value. What was loaded before stays while it is loaded anew.
 */
export function shown(load, view, { label } = {}) {
  if (load.state === 'failed' && load.error) {
    return load.error.status === 401 && !session.signedIn ? nothing : problem(load.error, () => load.again());
  }
  if (load.value !== null && load.value !== undefined) {
    return view(load.value);
  }
  return load.state === 'loading' ? loading(label) : nothing;
}

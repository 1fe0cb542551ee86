import { html, nothing } from 'lit';
import { words } from '../format.js';

/**
 * Gates in the order in which they were asked, the one that refused last and red.
 *
 * @param gates `[{name, passed, reason, detail}]` as explanations have them
 * @param sentence what can be read out to the customer
 */
export function ladder(gates, { sentence, label = 'What was asked, in order' } = {}) {
  return html`
    <ol class="ladder" aria-label=${label}>
      ${gates.map(gate => html`
        <li class="rung" data-passed=${String(gate.passed)}>
          <span class="rung-mark" aria-hidden="true">${gate.passed ? '✓' : '✕'}</span>
          <span class="rung-name">${words(gate.name)}<span class="unseen">${gate.passed ? ' passed' : ' refused'}</span></span>
          ${gate.reason ? html`<code class="rung-reason">${gate.reason}</code>` : nothing}
          ${gate.detail ? html`<span class="rung-detail">${gate.detail}</span>` : nothing}
        </li>`)}
    </ol>
    ${sentence ? html`<blockquote class="say"><p>${sentence}</p></blockquote>` : nothing}`;
}

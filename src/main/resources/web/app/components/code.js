import { html } from 'lit';

/** Text as it is, or an object as JSON; scrolls by itself. */
export function code(content, label = 'Code') {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return html`<div class="scroll code" role="region" aria-label=${label} tabindex="0"><pre><code>${text}</code></pre></div>`;
}

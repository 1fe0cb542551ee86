import { html } from '../app/page.js';
import { announce } from '../app/announce.js';

/** The sentence to read out to the customer, with a button that copies it. */
export function readOut(sentence) {
  return html`
    <div class="read-out">
      <blockquote class="say"><p>${sentence}</p></blockquote>
      <button type="button" class="small" @click=${() => copy(sentence)}>Copy the sentence</button>
    </div>`;
}

async function copy(sentence) {
  try {
    await navigator.clipboard.writeText(sentence);
    announce('Copied.');
  } catch {
    announce('This browser does not let it be copied.');
  }
}

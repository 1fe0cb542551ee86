import { html } from 'lit';

const LINES_COMPARED = 2_000;

/**
 * Two texts as lines that were added, removed or kept. Of very long texts the beginning is compared.
 *
 * @returns `[{kind: 'same'|'added'|'removed', text}]`
 */
export function linesOf(before, after) {
  const old = before.split('\n').slice(0, LINES_COMPARED);
  const now = after.split('\n').slice(0, LINES_COMPARED);
  const lengths = longestCommon(old, now);
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i++] });
      j++;
    } else if (j >= now.length || (i < old.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      lines.push({ kind: 'removed', text: old[i++] });
    } else {
      lines.push({ kind: 'added', text: now[j++] });
    }
  }
  return lines;
}

function longestCommon(old, now) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      lengths[i][j] = old[i] === now[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

const SIGNS = { same: ' ', added: '+', removed: '−' };
const SAID = { same: '', added: 'added: ', removed: 'removed: ' };

/** The difference of two texts, line by line. */
export function diff(before, after, label = 'Difference') {
  if (before === after) {
    return html`<p class="muted">No difference.</p>`;
  }
  return html`<div class="scroll diff" role="region" aria-label=${label} tabindex="0">${linesOf(before, after).map(line => html`
    <div class="diff-line" data-kind=${line.kind}><span aria-hidden="true">${SIGNS[line.kind]}</span><span class="unseen">${SAID[line.kind]}</span><code>${line.text || ' '}</code></div>`)}</div>`;
}

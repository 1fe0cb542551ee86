import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { empty, problem } from './states.js';

/**
 * A table that scrolls by itself where the window is narrow.
 *
 * @param caption names it; shown where `captionShown`
 * @param columns `[{label, cell: row => content, numeric, main, unseen}]`: `main` is the row's header, `unseen` hides the label
 * @param rows what is shown; `key: row => id` keeps rows apart
 * @param none what is said when there are none
 * @param paged a `PagedLoad`: adds "Show more" and its errors
 */
export function table({ caption, columns, rows, key = row => row, none = 'Nothing here yet.', paged = null, captionShown = false }) {
  if (rows.length === 0 && (!paged || paged.state === 'loaded')) {
    return empty(none);
  }
  return html`
    <div class="scroll" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption class=${captionShown ? '' : 'unseen'}>${caption}</caption>
        <thead>
          <tr>${columns.map(column => html`<th scope="col" class=${column.numeric ? 'numeric' : ''}>
            ${column.unseen ? html`<span class="unseen">${column.label}</span>` : column.label}</th>`)}</tr>
        </thead>
        <tbody>
          ${repeat(rows, key, row => html`<tr>${columns.map(column => column.main
            ? html`<th scope="row">${column.cell(row)}</th>`
            : html`<td class=${column.numeric ? 'numeric' : ''}>${column.cell(row)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
    ${paged ? more(paged) : nothing}`;
}

function more(paged) {
  if (paged.state === 'failed') {
    return problem(paged.error, () => paged.again());
  }
  return paged.next === null
    ? nothing
    : html`<p class="more"><button type="button" ?disabled=${paged.state === 'loading'} @click=${() => paged.more()}>
        ${paged.state === 'loading' ? 'Loading…' : 'Show more'}</button></p>`;
}

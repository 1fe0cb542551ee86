import { html, nothing } from '../app/page.js';
import { table } from '../app/components/index.js';

const DOORS = { 'event-sourced': 'Door 1', 'api-driven': 'Door 2' };

const cell = one => one.messages === 0
  ? html`<span class="muted">0</span>`
  : html`<b>${one.messages}</b> <span class="small muted">${one.customers.join(', ')}</span>`;

/** Missed, twice, wrong and late, by fault, door and remedy. */
export function faults(report, onChoose) {
  return html`${report.faults.map(fault => html`
    <section class="stack">
      <h3>${fault.title}</h3>
      ${fault.notTried ? html`<p class="muted">Not tried: ${fault.notTried}.</p>` : html`
        <details class="small"><summary>How it is made to happen</summary><p>${fault.how}</p></details>
        ${table({
          caption: fault.title,
          rows: fault.runs,
          key: run => `${run.door} ${run.remedy}`,
          columns: [
            { label: 'Door', cell: run => DOORS[run.door] },
            { label: 'Against it', main: true, cell: run => html`<button type="button" class="small"
              @click=${() => onChoose(fault.fault, run.remedy)}>${run.remedy}<span class="unseen"> of ${DOORS[run.door]} on the stage</span></button>` },
            { label: 'Missed', cell: run => cell(run.missed) },
            { label: 'Twice', cell: run => cell(run.twice) },
            { label: 'Wrong', cell: run => cell(run.wrong) },
            { label: 'Late', cell: run => cell(run.late) },
            { label: 'Why', cell: run => html`<span class="small">${run.why}</span>` },
          ],
        })}`}
    </section>`)}${report.faults.length ? nothing : html`<p class="muted">Nothing can break in it.</p>`}`;
}

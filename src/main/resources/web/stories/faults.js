import { html, nothing } from '../app/page.js';
import { problem, table } from '../app/components/index.js';

const DOORS = { 'event-sourced': 'Door 1', 'api-driven': 'Door 2' };

const cell = one => one.messages === 0
  ? html`<span class="muted">0</span>`
  : html`<b>${one.messages}</b> <span class="small muted">${one.customers.join(', ')}</span>`;

/** Breaks one thing after the other. `told` gets what is known after each: `{faults, of}`. */
export async function oneByOne(known, ask, told) {
  const faults = [];
  told({ faults, of: known.length });
  for (const fault of known) {
    faults.push(...(await ask(fault)).faults);
    told({ faults: [...faults], of: known.length });
  }
  return { faults, of: known.length };
}

/** A `Load` of these, as far as it has come. */
export function broken(load, soFar, onChoose) {
  if (load.state === 'idle') {
    return nothing;
  }
  return html`
    ${load.state === 'loading' ? html`<p class="muted" role="status">Broken so far: ${soFar?.faults.length ?? 0} of ${soFar?.of ?? 0}…</p>` : nothing}
    ${load.state === 'failed' ? problem(load.error, () => load.again()) : nothing}
    ${(soFar?.faults ?? []).map(fault => outcomes(fault, onChoose))}`;
}

/** Missed, twice, wrong and late, by door and remedy. */
function outcomes(fault, onChoose) {
  return html`
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
    </section>`;
}

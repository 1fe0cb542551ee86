import { html, svg, nothing } from 'lit';
import { table } from '../app/components/index.js';
import { count, plural, words } from '../app/format.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WIDTH = 120;
const HEIGHT = 24;
const MOST_REASONS = 10;
const FAILED = ['retried', 'dead-lettered', 'expired', 'bounced', 'complained'];

const total = (counts, names) => names.reduce((all, name) => all + (counts[name] ?? 0), 0);

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  }
  return [...groups.entries()];
}

/** One value for each step of the period, 0 where there is none. */
function steps(period, rows, step, value) {
  const from = new Date(period.from).getTime();
  const values = new Array(Math.max(1, Math.round((new Date(period.to).getTime() - from) / step))).fill(0);
  for (const row of rows) {
    const at = Math.floor((new Date(row.at).getTime() - from) / step);
    if (at >= 0 && at < values.length) {
      values[at] += value(row);
    }
  }
  return values;
}

/** A small picture of values over time; what it says is in the table's figures, too. */
function bars(values, tone) {
  const most = Math.max(...values, 1);
  const width = WIDTH / values.length;
  return html`<svg class="bars" data-tone=${tone} viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" preserveAspectRatio="none">
    ${values.map((value, at) => {
      const height = value === 0 ? 0.75 : Math.max(2, (value / most) * HEIGHT);
      return svg`<rect x=${at * width + 0.5} y=${HEIGHT - height} width=${Math.max(1, width - 1)} height=${height} rx="0.75"></rect>`;
    })}</svg>`;
}

/** How much was sent, by channel and provider. */
export function rates({ rates: { rows, from, to } }) {
  const minutes = Math.round((new Date(to) - new Date(from)) / MINUTE);
  const groups = grouped(rows, row => `${row.channel} / ${row.provider}`);
  return html`
    <section class="stack" aria-labelledby="live-rates">
      <h2 id="live-rates">Rates</h2>
      ${table({
        caption: `Sends of the last ${plural(minutes, 'minute')} by channel and provider`,
        none: `Nothing was sent in the last ${plural(minutes, 'minute')}.`,
        rows: groups,
        key: ([name]) => name,
        columns: [
          { label: 'Channel / provider', main: true, cell: ([name]) => name },
          { label: `Sent, ${minutes} min`, numeric: true, cell: ([, all]) => count(all.reduce((sum, row) => sum + (row.counts.sent ?? 0), 0)) },
          { label: 'Failed', numeric: true, cell: ([, all]) => count(all.reduce((sum, row) => sum + total(row.counts, FAILED), 0)) },
          { label: 'Over time', unseen: true, cell: ([, all]) => bars(steps({ from, to }, all, MINUTE, row => row.counts.sent ?? 0), 'good') },
        ],
      })}
    </section>`;
}

/** Why messages did not go, the most frequent first. */
export function reasons({ reasons: { rows, from, to } }) {
  const hours = Math.round((new Date(to) - new Date(from)) / HOUR);
  const all = grouped(rows, row => row.reason)
    .map(([name, of]) => ({ name, status: of[0].status, of, count: of.reduce((sum, row) => sum + row.count, 0) }))
    .sort((one, other) => other.count - one.count);
  return html`
    <section class="stack" aria-labelledby="live-reasons">
      <h2 id="live-reasons">Reasons</h2>
      ${table({
        caption: `Why messages of the last ${plural(hours, 'hour')} did not go`,
        none: `Everything went, in the last ${plural(hours, 'hour')}.`,
        rows: all.slice(0, MOST_REASONS),
        key: row => row.name,
        columns: [
          { label: 'Reason', main: true, cell: row => html`<span title=${row.name}>${words(row.name)}</span>` },
          { label: 'Status', cell: row => words(row.status) },
          { label: `${hours} h`, numeric: true, cell: row => count(row.count) },
          { label: 'Over time', unseen: true, cell: row => bars(steps({ from, to }, row.of, HOUR, one => one.count), 'warn') },
        ],
      })}
      ${all.length > MOST_REASONS ? html`<p class="muted small">and ${plural(all.length - MOST_REASONS, 'more reason', 'more reasons')}</p>` : nothing}
    </section>`;
}

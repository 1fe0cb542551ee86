import { html, nothing } from '../app/page.js';
import { table } from '../app/components/index.js';
import { count } from '../app/format.js';
import { doorsOf, milliseconds } from './doors.js';

/** What the story cost each door, side by side. */
export function costs(report) {
  const [one, other] = doorsOf(report);
  const row = (label, of) => ({ label, one: of(one), other: of(other) });
  const rows = [
    row('Events published', door => count(door.run.cost.eventsPublished)),
    row('API calls', door => count(door.run.cost.apiCalls)),
    row('Lookups by teams', door => count(door.run.cost.lookupsByDomainTeams)),
    row('Lookups by the service', door => count(door.run.cost.lookupsByNotificationService)),
    ...(one.run.wire && other.run.wire ? [
      row(`Round trips of the teams, ${one.run.wire.latencyMillis} ms each`, door => count(door.run.wire.roundTrips)),
      row('Bytes sent by the teams', door => count(door.run.wire.bytesSent)),
      row('Bytes received by the teams', door => count(door.run.wire.bytesReceived)),
    ] : []),
    row('Until the last message', door => milliseconds(door.run.cost.micros)),
    row('Lines written for it', door => html`${count(report.lines[door.id].lines)} <span class="muted small">${report.lines[door.id].of}</span>`),
    row('What the teams depend on', door => Object.entries(report.dependencies[door.id]).map(([team, needs]) => html`
      <div><b>${team}</b>: ${needs.join(', ')}</div>`)),
  ];
  return html`
    <section class="stack">
      <h2>What it cost</h2>
      ${table({
        caption: 'What the story cost each door',
        rows,
        key: cost => cost.label,
        columns: [
          { label: 'Cost', main: true, cell: cost => cost.label },
          { label: one.title, cell: cost => cost.one },
          { label: other.title, cell: cost => cost.other },
        ],
      })}
      ${one.run.wire ? nothing : html`<p class="muted small">The wire was not measured.</p>`}
    </section>`;
}

import { html, nothing } from 'lit';
import { badge, table } from '../app/components/index.js';
import { bounded, count, duration, plural, time } from '../app/format.js';

const sum = counts => ({ count: counts.reduce((all, one) => all + one.count, 0), more: counts.some(one => one.more) });
const lanesOf = delivery => delivery.channels.flatMap(channel => channel.lanes);
const counted = (lanes, ...names) => sum(lanes.flatMap(lane => names.map(name => lane[name])));
const oldest = lanes => lanes.reduce((most, lane) => Math.max(most, lane.oldestDueSeconds ?? 0), 0);

/** The state of the service in six figures. */
export function figures(delivery) {
  const lanes = lanesOf(delivery);
  const waiting = counted(lanes, 'due', 'setAside');
  const minute = delivery.rates.rows.filter(row => row.at === lastWholeMinute(delivery.rates));
  const sent = minute.reduce((all, row) => all + (row.counts.sent ?? 0), 0);
  return html`
    <section class="figures" aria-label="Now">
      ${figure(bounded(waiting), 'due now', waiting.count > 0 ? `oldest ${duration(oldest(lanes))}` : 'nothing waits')}
      ${figure(bounded(counted(lanes, 'sending')), 'being sent')}
      ${figure(bounded(counted(lanes, 'later')), 'due later')}
      ${figure(bounded(counted(lanes, 'held')), 'held', 'quiet hours, schedules')}
      ${figure(count(sent), 'sent in the last minute')}
      ${figure(count(delivery.circuits.length), 'circuits not closed', '', delivery.circuits.length > 0 ? 'bad' : '')}
    </section>`;
}

function figure(value, label, more = '', tone = '') {
  return html`<p class="figure card" data-tone=${tone}><b>${value}</b> <span>${label}</span>${more ? html` <span class="figure-more">${more}</span>` : nothing}</p>`;
}

/** The last minute that is over. */
function lastWholeMinute(rates) {
  return new Date(new Date(rates.to).getTime() - 120_000).toISOString().replace('.000Z', 'Z');
}

/** Destinations that are spared because they fail: what waits for them is set aside. */
export function circuits(delivery) {
  if (delivery.circuits.length === 0) {
    return nothing;
  }
  return html`
    <section class="card" aria-labelledby="live-circuits">
      <h2 id="live-circuits">Open circuits</h2>
      <ul class="circuits">
        ${delivery.circuits.map(one => html`
          <li>${badge(one.state)} <b>${one.channel} / ${one.provider}</b> ${one.destination ? html`<code>${one.destination}</code>` : nothing}
            <span class="muted">since ${time(one.since)}; tried again at ${time(one.nextTryAt)}; ${plural(one.trips, 'trip')} in a row${
              one.channelPaused ? '; no provider of the channel is left' : ''}</span></li>`)}
      </ul>
    </section>`;
}

/** Depth and age by channel; a lane has a line of its own where something is in it. */
export function queues(delivery) {
  const rows = delivery.channels.map(channel => ({ channel: channel.channel, lanes: channel.lanes }));
  return html`
    <section class="stack" aria-labelledby="live-queues">
      <div class="spread"><h2 id="live-queues">Queues</h2> <a href="/delivery">Delivery</a></div>
      ${table({
        caption: 'Queues by channel',
        rows,
        key: row => row.channel,
        columns: [
          { label: 'Channel', main: true, cell: row => row.channel },
          { label: 'Due', numeric: true, cell: row => bounded(counted(row.lanes, 'due', 'setAside')) },
          { label: 'Oldest', numeric: true, cell: row => (oldest(row.lanes) ? duration(oldest(row.lanes)) : '–') },
          { label: 'Sending', numeric: true, cell: row => bounded(counted(row.lanes, 'sending')) },
          { label: 'Later', numeric: true, cell: row => bounded(counted(row.lanes, 'later')) },
          { label: 'Held', numeric: true, cell: row => bounded(counted(row.lanes, 'held')) },
        ],
      })}
    </section>`;
}

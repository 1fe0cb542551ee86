import { Page, Load, Every, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { badge, table, shown, reason, empty } from '../app/components/index.js';
import { time, count, bounded, duration, plural } from '../app/format.js';
import { bars, buckets } from './spark.js';

const EVERY = 3_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const STATUSES = ['sent', 'retried', 'dead-lettered', 'expired'];
const WAITING = ['due', 'setAside', 'sending', 'later', 'held'];

const sum = (rows, of) => rows.reduce((all, row) => all + of(row), 0);

/** Several bounded counts as one. */
const together = counts => ({ count: sum(counts, one => one.count), more: counts.some(one => one.more) });

/** What waits, what stands in its way, and what became of the rest; asked for again every few seconds. */
class Queues extends Page {
  #overview = new Load(this, signal => api.get('/api/v1/delivery', { signal }));
  #every = new Every(this, EVERY, () => this.#overview.run());

  render() {
    return html`<div class="stack">${shown(this.#overview, overview => this.#view(overview))}</div>`;
  }

  #view(overview) {
    const lanes = overview.channels.flatMap(channel => channel.lanes.map(lane => ({ ...lane, ...channel, lanes: null })));
    return html`
      ${this.#figures(overview, lanes)}
      <section class="stack" aria-labelledby="circuits-title"><h2 id="circuits-title">Circuits</h2>${this.#circuits(overview)}</section>
      <section class="stack" aria-labelledby="queues-title"><h2 id="queues-title">Queues</h2>${this.#queues(lanes)}</section>
      <section class="stack" aria-labelledby="rates-title"><h2 id="rates-title">Rates</h2>${this.#rates(overview.rates)}</section>
      <section class="stack" aria-labelledby="reasons-title"><h2 id="reasons-title">Reasons</h2>${this.#reasons(overview.reasons)}</section>
      <section class="stack" aria-labelledby="limits-title"><h2 id="limits-title">Limits</h2>${this.#limits(overview.limits)}</section>`;
  }

  #figures(overview, lanes) {
    const oldest = Math.max(...lanes.map(lane => lane.oldestDueSeconds ?? -1));
    const figures = [
      [bounded(together(lanes.flatMap(lane => [lane.due, lane.setAside]))), 'due now'],
      [oldest < 0 ? '–' : duration(oldest), 'age of the oldest'],
      [bounded(together(lanes.map(lane => lane.sending))), 'being sent'],
      [bounded(together(lanes.flatMap(lane => [lane.later, lane.held]))), 'later or held'],
      [count(overview.circuits.length), 'circuits not closed'],
    ];
    return html`<div class="figures">${figures.map(([value, label]) => html`<p class="figure"><b>${value}</b><span>${label}</span></p>`)}</div>`;
  }

  #circuits({ circuits }) {
    return circuits.length === 0 ? empty('All circuits are closed: every provider and destination works.') : table({
      caption: 'Circuits that are not closed',
      rows: circuits,
      key: one => `${one.channel}/${one.provider}/${one.destination}`,
      columns: [
        { label: 'Of', main: true, cell: one => html`${one.destination ?? one.provider} <span class="muted">on ${one.channel}</span>` },
        { label: 'State', cell: one => html`${badge(one.state)} ${one.channelPaused ? badge('paused', { tone: 'bad', label: 'Nothing of the channel is sent' }) : nothing}` },
        { label: 'Since', cell: one => time(one.since) },
        { label: 'Next try', cell: one => one.state === 'open' ? time(one.nextTryAt) : 'now' },
        { label: 'In a row', numeric: true, cell: one => count(one.trips) },
      ],
    });
  }

  #queues(lanes) {
    const busy = lanes.filter(lane => WAITING.some(name => lane[name].count > 0));
    return busy.length === 0 ? empty('Nothing waits.') : table({
      caption: 'Deliveries that wait, by channel and lane',
      rows: busy,
      key: lane => `${lane.channel}/${lane.lane}`,
      columns: [
        { label: 'Channel and lane', main: true, cell: lane => html`${lane.channel}, ${lane.lane}
          ${lane.providers.length ? html`<span class="muted small">by ${lane.providers.join(', then ')}</span>` : nothing}` },
        { label: 'Due', numeric: true, cell: lane => bounded(lane.due) },
        { label: 'Oldest', numeric: true, cell: lane => duration(lane.oldestDueSeconds) },
        { label: 'Set aside', numeric: true, cell: lane => bounded(lane.setAside) },
        { label: 'Being sent', numeric: true, cell: lane => bounded(lane.sending) },
        { label: 'Later', numeric: true, cell: lane => bounded(lane.later) },
        { label: 'Held', numeric: true, cell: lane => bounded(lane.held) },
      ],
    });
  }

  #rates({ from, to, rows }) {
    const routes = grouped(rows, row => `${row.channel}/${row.provider}`);
    return rows.length === 0 ? empty('Nothing was sent in the last minutes.') : table({
      caption: 'What became of deliveries in the last minutes, by channel and provider',
      rows: [...routes.values()],
      key: route => `${route[0].channel}/${route[0].provider}`,
      columns: [
        { label: 'Channel and provider', main: true, cell: route => html`${route[0].channel} <span class="muted">by ${route[0].provider || 'nobody'}</span>` },
        ...STATUSES.map(status => ({
          label: status === 'dead-lettered' ? 'Dead letters' : status.charAt(0).toUpperCase() + status.slice(1),
          numeric: true, cell: route => count(sum(route, row => row.counts[status] ?? 0)),
        })),
        { label: 'Sent by the minute', cell: route => {
          const sent = buckets(route, { from, to, size: MINUTE, count: row => row.counts.sent ?? 0 });
          return bars(sent, `Sent by the minute: ${sent.join(', ')}`, 'good');
        } },
      ],
    });
  }

  #reasons({ from, to, rows }) {
    const reasons = [...grouped(rows, row => `${row.status}/${row.reason}`).values()].sort((a, b) => sum(b, row => row.count) - sum(a, row => row.count));
    return reasons.length === 0 ? empty('No refusal or failure was counted in the last day.') : table({
      caption: 'Why somebody was not notified, in the last day',
      rows: reasons,
      key: of => `${of[0].status}/${of[0].reason}`,
      columns: [
        { label: 'Reason', main: true, cell: of => reason(of[0].reason) },
        { label: 'Outcome', cell: of => badge(of[0].status) },
        { label: 'In a day', numeric: true, cell: of => count(sum(of, row => row.count)) },
        { label: 'By the hour', cell: of => {
          const counts = buckets(of, { from, to, size: HOUR, count: row => row.count });
          return bars(counts, `By the hour: ${counts.join(', ')}`, 'warn');
        } },
      ],
    });
  }

  #limits({ providers, recipients, caller, perChannel, perDestination }) {
    return html`<div class="card"><dl class="facts">
      ${providers.map(one => html`<dt>${one.provider} on ${one.channel}</dt><dd>${count(one.perSecond)} a second</dd>`)}
      ${recipients.map(one => html`<dt>One address on ${one.channel}</dt><dd>${plural(one.messages, 'message')} in ${duration(one.seconds)}</dd>`)}
      ${caller ? html`<dt>One API key</dt><dd>${count(caller.perSecond)} requests a second, ${count(caller.burst)} at once</dd>` : nothing}
      <dt>At once, of a channel</dt><dd>${count(perChannel)} for each process</dd>
      <dt>At once, to one destination</dt><dd>${count(perDestination)} for each process</dd>
    </dl></div>`;
  }
}

/** Rows by a key, in the order of their first. */
function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

customElements.define('carillon-queues', Queues);

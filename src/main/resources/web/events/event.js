import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link, setQuery } from '../app/router.js';
import { badge, code, field, problem, reason, shown, table, tabs } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import { explanation, rulesNotThen } from '../customers/explained.js';

const NOT = new Set(['suppress', 'ignore']);
const WAITS = new Set(['defer', 'digest']);
const PARTS = {
  told: { label: 'Notified', of: one => one.verdict === 'notify', none: 'Nobody was notified.' },
  not: { label: 'Not notified', of: one => NOT.has(one.verdict), none: 'Nobody it reached was refused.' },
  waits: { label: 'Waiting', of: one => WAITS.has(one.verdict), none: 'Nothing waits because of it.' },
};

/** One event: what it says, what it led to for whom, and the same question for anybody else. */
class EventPage extends LitElement {
  static properties = { eventId: { attribute: false }, query: { attribute: false } };

  #asked = null;
  #explained = null;
  #decisions = [];
  #event = new Load(this, async (signal, id, source, after) => {
    const event = await api.get(`/api/v1/events/${encodeURIComponent(id)}`, { signal, query: { source, after, limit: 100 } });
    this.#decisions = after ? [...this.#decisions, ...event.decisions] : event.decisions;
    return event;
  });
  #related = new Load(this, (signal, correlationId) => api.get('/api/v1/notifications', { signal, query: { correlationId, limit: 20 } }));
  #answer = new Load(this, (signal, eventId, source, customerId) => api.get('/api/v1/explanations', { signal, query: { eventId, source, customerId } }));
  #absent = new Load(this, (signal, eventId, source, customerId) => api.get('/api/v1/explanations', { signal, query: { eventId, source, customerId } }));

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    const source = this.query?.get('source') ?? '';
    const asked = JSON.stringify([this.eventId, source]);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#open(source);
    }
    const customer = this.query?.get('customer') ?? '';
    const explained = JSON.stringify([asked, customer]);
    if (explained !== this.#explained) {
      this.#explained = explained;
      this.#explain(source, customer);
    }
  }

  async #open(source) {
    const event = await this.#event.run(this.eventId, source, null);
    if (event?.extensions?.correlationid) {
      this.#related.run(event.extensions.correlationid);
    }
    if (event) {
      this.#absent.run(this.eventId, source, event.subject ?? 'nobody');
    }
  }

  async #explain(source, customer) {
    this.#answer.clear();
    if (customer && await this.#answer.run(this.eventId, source, customer)) {
      await this.updateComplete;
      this.querySelector('#asked-title')?.focus();
    }
  }

  #submitted(event) {
    event.preventDefault();
    setQuery({ customer: event.target.elements.customer.value.trim() }, { replace: false });
  }

  #part(event) {
    const chosen = PARTS[this.query?.get('part')] ? this.query.get('part') : 'told';
    const part = PARTS[chosen];
    return tabs({
      label: 'What it led to',
      chosen,
      onChoose: id => setQuery({ part: id === 'told' ? null : id }),
      items: Object.entries(PARTS).map(([id, { label, of }]) => ({ id, label, badge: `${this.#decisions.filter(of).length}${event.nextDecisions ? '+' : ''}` })),
      panel: html`
        ${table({
          caption: part.label,
          rows: this.#decisions.filter(part.of),
          key: one => one.id,
          none: part.none,
          columns: [
            { label: 'Customer', main: true, cell: one => one.customerId ? html`<a href=${link('customers', one.customerId)}>${one.customerId}</a>` : 'none was looked at' },
            { label: 'Rule', cell: one => one.ruleId ?? nothing },
            { label: 'Outcome', cell: one => badge(one.verdict === 'notify' ? 'notified' : NOT.has(one.verdict) ? 'not told' : one.verdict) },
            { label: 'Why not', cell: one => one.reason ? html`${reason(one.reason)}<p class="small muted">${one.sentence}${one.detail ? html` (${one.detail})` : nothing}</p>` : one.detail ?? nothing },
            { label: 'More', unseen: true, cell: one => one.notificationId && one.customerId
              ? html`<a href="${link('customers', one.customerId)}?notification=${one.notificationId}">Message<span class="unseen"> to ${one.customerId}</span></a>`
              : one.customerId ? html`<a href=${this.#asking(one.customerId)}>Why?<span class="unseen"> ${one.customerId}</span></a>` : nothing },
          ],
        })}
        ${event.nextDecisions ? html`<p class="more"><button type="button" @click=${() => this.#event.run(this.eventId, this.query?.get('source'), event.nextDecisions)}>Show more decisions</button></p>` : nothing}`,
    });
  }

  #asking(customer) {
    const parameters = new URLSearchParams(this.query);
    parameters.set('customer', customer);
    return `${link('events', this.eventId)}?${parameters}`;
  }

  #facts(event) {
    const extensions = Object.entries(event.extensions ?? {});
    return html`
      <dl class="facts">
        <dt>About</dt><dd>${event.subject ? html`<a href=${link('customers', event.subject)}>${event.subject}</a>` : 'nobody'}</dd>
        <dt>Happened</dt><dd>${time(event.occurredAt)}</dd>
        <dt>Recorded</dt><dd>${time(event.recordedAt)}, as number ${event.position}</dd>
        <dt>Source</dt><dd>${event.source}</dd>
        ${extensions.map(([name, value]) => html`<dt>${name}</dt><dd>${name === 'causationid' ? html`<a href=${link('events', value)}>${value}</a>` : String(value)}</dd>`)}
      </dl>`;
  }

  render() {
    return html`
      <div class="page-head"><div><h1 tabindex="-1">${this.#event.value?.type ?? 'Event'}</h1><p><code>${this.eventId}</code>
        ${this.#event.value ? badge(this.#event.value.state) : nothing}</p></div></div>
      ${shown(this.#event, event => html`
        <div class="two">
          <section class="card" aria-labelledby="event-facts"><h2 id="event-facts">The event</h2>${this.#facts(event)}</section>
          <section class="card" aria-labelledby="event-data"><h2 id="event-data">What it says</h2>${code(event.data ?? {}, 'Data of the event')}</section>
        </div>`)}
      ${this.#event.value ? html`
        <section aria-labelledby="led-to" class="stack"><h2 id="led-to">What it led to</h2>${this.#part(this.#event.value)}</section>
        ${this.#absent.value ? rulesNotThen(this.#absent.value.rulesNotThen) : nothing}
        ${this.#consequences()}
        <section class="card" aria-labelledby="ask-title">
          <h2 id="ask-title">Ask for another customer</h2>
          <form class="row ask" @submit=${this.#submitted}>
            ${field({ id: 'ask-customer', label: 'Customer', control: ({ id }) => html`<input id=${id} name="customer" required autocomplete="off" spellcheck="false" .value=${this.query?.get('customer') ?? ''}>` })}
            <button class="primary">Why, or why not?</button>
          </form>
        </section>` : nothing}
      ${this.#answer.state === 'idle' ? nothing : html`
        <section aria-labelledby="asked-title" class="stack"><h2 id="asked-title" tabindex="-1">${this.query?.get('customer')}</h2>
          ${this.#answer.state === 'failed' ? problem(this.#answer.error) : shown(this.#answer, explanation, { label: 'Asking the rules…' })}</section>`}`;
  }

  #consequences() {
    const related = this.#related.value?.notifications ?? [];
    return related.length ? html`
      <section class="card" aria-labelledby="related-title"><h2 id="related-title">Notifications of the same correlation</h2>
        <ul>${related.map(one => html`<li><a href="${link('customers', one.customerId)}?notification=${one.trackingId}">${words(one.type)}</a> to ${one.customerId} ${badge(one.status)}</li>`)}</ul>
      </section>` : nothing;
  }
}

customElements.define('carillon-event', EventPage);

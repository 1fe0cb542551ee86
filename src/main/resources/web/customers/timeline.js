import { LitElement } from 'lit';
import { Load, PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link, setQuery } from '../app/router.js';
import { badge, field, reason, table } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import './message.js';

const SHOWN = {
  all: 'Every notification and every no',
  sent: 'Sent or on their way',
  not: 'Not sent',
};
const NOT = new Set(['suppress', 'ignore']);

/** Everything that was decided about a customer, newest first; a row opens its message or says why not. */
class Timeline extends LitElement {
  static properties = { customerId: { attribute: false }, query: { attribute: false } };

  #asked = null;
  #decided = new PagedLoad(
    this,
    (signal, after, id) => api.get(`/api/v1/customers/${encodeURIComponent(id)}/timeline`, { signal, query: { after, limit: 50 } }),
    page => page.items);
  #waiting = new Load(this, (signal, id) => api.get('/api/v1/waiting', { signal, query: { customerId: id, limit: 50 } }));

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.customerId !== this.#asked) {
      this.#asked = this.customerId;
      this.#decided.start(this.customerId);
      this.#waiting.run(this.customerId);
    }
  }

  #rows(shown, kind) {
    return this.#decided.items.filter(one => (shown === 'all' || NOT.has(one.verdict) === (shown === 'not')) && (!kind || one.type === kind || one.ruleId === kind));
  }

  #what(one) {
    const label = one.type ? words(one.type) : one.ruleId;
    return one.notificationId && one.type
      ? html`<a href=${this.#here({ notification: one.notificationId })}>${label}</a>`
      : html`${label}`;
  }

  #here(parameters) {
    return `${link('customers', this.customerId)}?${new URLSearchParams(parameters)}`;
  }

  #why(one) {
    if (one.type === null && one.eventId) {
      return html`<a href=${this.#here({ tab: 'why', event: one.eventId })}>Why?<span class="unseen"> ${one.ruleId}</span></a>`;
    }
    return one.notificationId
      ? html`<a href=${this.#here({ notification: one.notificationId })}>${NOT.has(one.verdict) ? 'Why?' : 'Message'}<span class="unseen"> ${one.type ?? one.ruleId}</span></a>`
      : nothing;
  }

  render() {
    const shown = this.query?.get('show') ?? 'all';
    const kind = this.query?.get('kind') ?? '';
    const message = this.query?.get('notification');
    const kinds = [...new Set(this.#decided.items.map(one => one.type ?? one.ruleId).filter(Boolean))].sort();
    return html`
      <div class="stack">
        ${message ? html`<carillon-message .trackingId=${message} .back=${() => setQuery({ notification: null }, { replace: false })}></carillon-message>` : nothing}
        ${this.#waiting.value?.waiting.length ? html`
          <p class="card">Waiting: ${this.#waiting.value.waiting.map(one => html`${words(one.kind)} of <b>${one.ruleId}</b> until ${time(one.dueAt)} `)}</p>` : nothing}
        <div class="row ask">
          ${field({ id: 'timeline-show', label: 'Show', control: ({ id }) => html`
            <select id=${id} @change=${event => setQuery({ show: event.target.value === 'all' ? null : event.target.value })}>
              ${Object.entries(SHOWN).map(([value, label]) => html`<option value=${value} ?selected=${value === shown}>${label}</option>`)}
            </select>` })}
          ${field({ id: 'timeline-kind', label: 'Of', control: ({ id }) => html`
            <select id=${id} @change=${event => setQuery({ kind: event.target.value })}>
              <option value="">everything</option>
              ${kinds.map(one => html`<option value=${one} ?selected=${one === kind}>${words(one)}</option>`)}
            </select>` })}
        </div>
        ${table({
          caption: 'What was decided about the customer, newest first',
          rows: this.#rows(shown, kind),
          key: one => one.id,
          none: this.#decided.items.length ? 'Nothing of what is loaded is like that.' : 'Nothing was decided about this customer yet. If nobody looked at them, “Why not?” says why.',
          paged: this.#decided,
          columns: [
            { label: 'When', cell: one => time(one.at) },
            { label: 'What', main: true, cell: one => this.#what(one) },
            { label: 'Outcome', cell: one => one.status ? badge(one.status) : badge(one.verdict === 'ignore' || one.verdict === 'suppress' ? 'not told' : one.verdict) },
            { label: 'Why not', cell: one => one.reason ? html`${reason(one.reason)}<p class="small muted">${one.sentence}</p>` : nothing },
            { label: 'By', cell: one => one.channels.join(', ') },
            { label: 'From', cell: one => one.eventId ? html`<a href=${link('events', one.eventId)}>event</a>` : one.ruleId ? one.ruleId : 'a caller' },
            { label: 'More', unseen: true, cell: one => this.#why(one) },
          ],
        })}
        ${this.#decided.items.length && this.#rows(shown, kind).length === 0 && this.#decided.next
          ? html`<p class="more"><button type="button" @click=${() => this.#decided.more()}>Look further back</button></p>` : nothing}
      </div>`;
  }
}

customElements.define('carillon-timeline', Timeline);

import { LitElement } from 'lit';
import { PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link, setQuery } from '../app/router.js';
import { badge, field, table } from '../app/components/index.js';
import { time } from '../app/format.js';

/** The link to an event; two sources may use one id. */
export const eventLink = one => `${link('events', one.id)}?${new URLSearchParams({ source: one.source })}`;

/** The journal, newest first, by type and customer. */
class Journal extends LitElement {
  static properties = { query: { attribute: false } };

  #asked = null;
  #events = new PagedLoad(
    this,
    (signal, after, type, subject) => api.get('/api/v1/events', { signal, query: { after, type, subject, limit: 50 } }),
    page => page.events);

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    const [type, subject] = [this.query?.get('type') ?? '', this.query?.get('subject') ?? ''];
    const asked = JSON.stringify([type, subject]);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#events.start(type, subject);
    }
  }

  #submitted(event) {
    event.preventDefault();
    const { type, subject } = event.target.elements;
    setQuery({ type: type.value.trim(), subject: subject.value.trim() }, { replace: false });
  }

  render() {
    return html`
      <div class="page-head"><div><h1 tabindex="-1">Events</h1><p>What domain teams have published, newest first.</p></div></div>
      <form class="row ask" @submit=${this.#submitted}>
        ${field({ id: 'event-type', label: 'Type', control: ({ id }) => html`<input id=${id} name="type" autocomplete="off" spellcheck="false" .value=${this.query?.get('type') ?? ''}>` })}
        ${field({ id: 'event-subject', label: 'Customer', control: ({ id }) => html`<input id=${id} name="subject" autocomplete="off" spellcheck="false" .value=${this.query?.get('subject') ?? ''}>` })}
        <button class="primary">Show</button>
      </form>
      ${table({
        caption: 'Events, newest first',
        rows: this.#events.items,
        key: one => one.position,
        none: 'No such event.',
        paged: this.#events,
        columns: [
          { label: 'Recorded', cell: one => time(one.recordedAt) },
          { label: 'Type', main: true, cell: one => html`<a href=${eventLink(one)}>${one.type}</a>` },
          { label: 'About', cell: one => one.subject ? html`<a href=${link('customers', one.subject)}>${one.subject}</a>` : nothing },
          { label: 'Source', cell: one => one.source },
          { label: 'State', cell: one => badge(one.answered ? 'answered' : 'pending') },
        ],
      })}`;
  }
}

customElements.define('carillon-journal', Journal);

import { LitElement } from 'lit';
import { PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { badge, table } from '../app/components/index.js';
import { time, words } from '../app/format.js';

/** A customer's messages in the app. */
class Inbox extends LitElement {
  static properties = { customerId: { attribute: false } };

  #asked = null;
  #messages = new PagedLoad(
    this,
    (signal, after, id) => api.get(`/api/v1/customers/${encodeURIComponent(id)}/inbox`, { signal, query: { after, limit: 50 } }),
    page => page.messages);

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.customerId !== this.#asked) {
      this.#asked = this.customerId;
      this.#messages.start(this.customerId);
    }
  }

  render() {
    return table({
      caption: 'Messages in the app, newest first',
      rows: this.#messages.items,
      key: one => one.id,
      none: 'The inbox is empty.',
      paged: this.#messages,
      columns: [
        { label: 'Arrived', cell: one => time(one.arrivedAt) },
        { label: 'Message', main: true, cell: one => html`${one.title ?? words(one.type)}<p class="small muted">${one.text}</p>` },
        { label: 'Read', cell: one => one.readAt ? time(one.readAt) : badge('unread', { tone: 'busy' }) },
      ],
    });
  }
}

customElements.define('carillon-inbox', Inbox);

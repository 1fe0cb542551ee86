import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link, setQuery } from '../app/router.js';
import { problem, tabs } from '../app/components/index.js';
import './timeline.js';
import './why-not.js';
import './contact.js';
import './wishes.js';
import './inbox.js';

const TABS = [
  { id: 'timeline', label: 'Timeline' },
  { id: 'why', label: 'Why not?' },
  { id: 'addresses', label: 'Addresses' },
  { id: 'preferences', label: 'Preferences' },
  { id: 'inbox', label: 'Inbox' },
];

/** One customer. What is shown is in the address: `tab`, and what the tab itself keeps there. */
class Customer extends LitElement {
  static properties = { customerId: { attribute: false }, query: { attribute: false } };

  #asked = null;
  #contact = new Load(this, (signal, id) => api.get(`/api/v1/customers/${encodeURIComponent(id)}`, { signal }));

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.customerId !== this.#asked) {
      this.#asked = this.customerId;
      this.#contact.clear();
      this.#contact.run(this.customerId);
    }
  }

  #panel(tab) {
    const id = this.customerId;
    switch (tab) {
      case 'why': return html`<carillon-why-not .customerId=${id} .query=${this.query}></carillon-why-not>`;
      case 'addresses': return html`<carillon-contact .contact=${this.#contact.value}></carillon-contact>`;
      case 'preferences': return html`<carillon-wishes .customerId=${id}></carillon-wishes>`;
      case 'inbox': return html`<carillon-inbox .customerId=${id}></carillon-inbox>`;
      default: return html`<carillon-timeline .customerId=${id} .query=${this.query}></carillon-timeline>`;
    }
  }

  render() {
    const contact = this.#contact.value;
    const unknown = this.#contact.error?.status === 404;
    const chosen = TABS.some(tab => tab.id === this.query?.get('tab')) ? this.query.get('tab') : 'timeline';
    return html`
      <div class="page-head">
        <div>
          <h1 tabindex="-1">${contact?.name ?? this.customerId}</h1>
          <p>${contact
            ? [contact.name ? this.customerId : null, contact.segment, contact.email, contact.phone].filter(Boolean).join(' · ')
            : unknown ? 'Not known, or not any more. What was decided about them may still be here.' : nothing}</p>
        </div>
        <a href=${link('customers')}>Find another customer</a>
      </div>
      ${this.#contact.state === 'failed' && !unknown ? problem(this.#contact.error, () => this.#contact.again()) : nothing}
      <div>${tabs({
        label: 'About the customer',
        items: unknown ? TABS.filter(tab => tab.id === 'timeline' || tab.id === 'why') : TABS,
        chosen,
        onChoose: tab => setQuery({ tab: tab === 'timeline' ? null : tab, notification: null, event: null, source: null, type: null, at: null }, { replace: false }),
        panel: this.#panel(chosen),
      })}</div>`;
  }
}

customElements.define('carillon-customer', Customer);

import { Page, html, nothing } from '../app/page.js';
import { setQuery } from '../app/router.js';
import { session } from '../app/session.js';
import { tabs } from '../app/components/index.js';
import './queues.js';
import './dead-letters.js';
import './webhooks.js';
import './suppressions.js';
import './api-keys.js';
import './delivery.css';

const TABS = [
  { id: 'queues', label: 'Queues and circuits', roles: ['admin', 'sender', 'reader'],
    panel: location => html`<carillon-queues .location=${location}></carillon-queues>` },
  { id: 'dead-letters', label: 'Dead letters', roles: ['admin', 'sender', 'reader'],
    panel: location => html`<carillon-dead-letters .location=${location}></carillon-dead-letters>` },
  { id: 'webhooks', label: 'Webhooks', roles: ['admin'],
    panel: location => html`<carillon-webhooks .location=${location}></carillon-webhooks>` },
  { id: 'suppressions', label: 'Suppressions', roles: ['admin', 'sender', 'reader'],
    panel: location => html`<carillon-suppressions .location=${location}></carillon-suppressions>` },
  { id: 'api-keys', label: 'API keys', roles: ['admin'],
    panel: location => html`<carillon-api-keys .location=${location}></carillon-api-keys>` },
];

/** `/delivery?tab=dead-letters&failure=PROVIDER_ERROR`: the tab and what is selected in it. */
class Delivery extends Page {
  get pageTitle() {
    return this.#chosen?.label ?? 'Delivery';
  }

  get #items() {
    return TABS.filter(tab => session.can(...tab.roles));
  }

  get #chosen() {
    return this.#items.find(tab => tab.id === this.location?.query.get('tab')) ?? this.#items[0];
  }

  render() {
    const chosen = this.#chosen;
    return html`
      <div class="page-head"><h1>Delivery</h1></div>
      ${chosen ? tabs({
        label: 'Delivery',
        items: this.#items,
        chosen: chosen.id,
        onChoose: id => setQuery({ ...Object.fromEntries([...this.location.query.keys()].map(name => [name, null])), tab: id }, { replace: false }),
        panel: chosen.panel(this.location),
      }) : nothing}`;
  }
}

customElements.define('carillon-delivery', Delivery);
export default 'carillon-delivery';

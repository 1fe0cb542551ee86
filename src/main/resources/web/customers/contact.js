import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { badge, shown } from '../app/components/index.js';
import { time, words } from '../app/format.js';

/** A customer's addresses, which of them are blocked, and what else is known. */
class Contact extends LitElement {
  static properties = { contact: { attribute: false } };

  #asked = null;
  #blocked = new Load(this, async (signal, contact) => {
    const addresses = [['email', contact.email], ['sms', contact.phone]].filter(([, address]) => address);
    const pages = await Promise.all(addresses.map(([channel, address]) =>
      api.get('/api/v1/suppressions', { signal, query: { channel, address } })));
    return pages.flatMap(page => page.suppressions);
  });

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.contact && this.contact !== this.#asked) {
      this.#asked = this.contact;
      this.#blocked.run(this.contact);
    }
  }

  render() {
    if (!this.contact) {
      return nothing;
    }
    const { email, phone, segment, attributes } = this.contact;
    return html`
      <div class="two">
        <section class="card" aria-labelledby="contact-title">
          <h2 id="contact-title">Known</h2>
          <dl class="facts">
            <dt>Email</dt><dd>${email ?? '–'}</dd>
            <dt>Phone</dt><dd>${phone ?? '–'}</dd>
            <dt>Segment</dt><dd>${segment ?? '–'}</dd>
            ${Object.entries(attributes ?? {}).map(([name, value]) => html`<dt>${name}</dt><dd>${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>`)}
          </dl>
        </section>
        <section class="card" aria-labelledby="blocked-title">
          <h2 id="blocked-title">Blocked addresses</h2>
          ${shown(this.#blocked, all => all.length === 0
            ? html`<p class="muted">None of their addresses is blocked.</p>`
            : html`<ul>${all.map(one => html`<li><b>${one.address}</b> ${badge(one.cause, { tone: 'bad' })} since ${time(one.since)}${one.detail ? html`, ${words(one.detail)}` : nothing}</li>`)}</ul>`)}
        </section>
      </div>`;
  }
}

customElements.define('carillon-contact', Contact);

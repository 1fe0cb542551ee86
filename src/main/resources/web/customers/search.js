import { LitElement } from 'lit';
import { PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link, navigate, setQuery } from '../app/router.js';
import { table } from '../app/components/index.js';
import { announce } from '../app/announce.js';

const AFTER_LAST_KEY = 250;

/** Finds a customer by id, address or name; the address bar keeps what is looked for. */
class CustomerSearch extends LitElement {
  static properties = { query: { attribute: false } };

  #timer = null;
  #sought = null;
  #found = new PagedLoad(
    this,
    (signal, after, q) => api.get('/api/v1/customers', { signal, query: { q, after, limit: 50 } }),
    page => page.customers);

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate() {
    const q = this.query?.get('q') ?? '';
    if (q !== this.#sought) {
      this.#sought = q;
      this.#look(q);
    }
  }

  async #look(q) {
    if (await this.#found.start(q)) {
      const { items, next } = this.#found;
      announce(items.length === 0 ? 'No customer found.' : `${items.length}${next ? ' or more' : ''} found.`);
    }
  }

  #typed(event) {
    clearTimeout(this.#timer);
    const q = event.target.value.trim();
    this.#timer = setTimeout(() => setQuery({ q }), AFTER_LAST_KEY);
  }

  /** Enter opens the only one that is found. */
  #submitted(event) {
    event.preventDefault();
    clearTimeout(this.#timer);
    const q = event.target.elements.q.value.trim();
    if (q === this.#sought && this.#found.state === 'loaded' && this.#found.items.length === 1) {
      navigate(link('customers', this.#found.items[0].id));
    } else {
      setQuery({ q });
    }
  }

  render() {
    const q = this.query?.get('q') ?? '';
    return html`
      <div class="page-head"><div><h1 tabindex="-1">Customers</h1></div></div>
      <form class="field search" role="search" @submit=${this.#submitted}>
        <label for="customer-q">Find a customer</label>
        <input id="customer-q" name="q" type="search" autocomplete="off" spellcheck="false" maxlength="200" .value=${q}
          aria-describedby="customer-q-help" @input=${this.#typed}>
        <p class="help" id="customer-q-help">The beginning of an id, an email address, a phone number, or of each word of a name.</p>
      </form>
      ${table({
        caption: 'Customers',
        rows: this.#found.items,
        key: one => one.id,
        none: q ? `Nobody is found by “${q}”.` : 'No customers yet.',
        paged: this.#found,
        columns: [
          { label: 'Id', main: true, cell: one => html`<a href=${link('customers', one.id)}>${one.id}</a>` },
          { label: 'Name', cell: one => one.name ?? nothing },
          { label: 'Email', cell: one => one.email ?? nothing },
          { label: 'Phone', cell: one => one.phone ?? nothing },
          { label: 'Segment', cell: one => one.segment ?? nothing },
        ],
      })}`;
  }
}

customElements.define('carillon-customer-search', CustomerSearch);

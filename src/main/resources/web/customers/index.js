import { Page, html } from '../app/page.js';
import './customers.css';
import './search.js';
import './customer.js';

/** `/customers`: the search. `/customers/{id}`: one customer. */
class Customers extends Page {
  static title = 'Customers';

  get pageTitle() {
    return this.location?.segments[0] ?? 'Customers';
  }

  render() {
    const id = this.location?.segments[0];
    return id
      ? html`<carillon-customer .customerId=${id} .query=${this.location.query}></carillon-customer>`
      : html`<carillon-customer-search .query=${this.location?.query}></carillon-customer-search>`;
  }
}

customElements.define('carillon-customers', Customers);
export default 'carillon-customers';

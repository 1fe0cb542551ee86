import { Page, html } from '../app/page.js';
import '../customers/customers.css';
import './journal.js';
import './event.js';

/** `/events`: the journal. `/events/{id}?source=`: one event. */
class Events extends Page {
  static title = 'Events';

  get pageTitle() {
    return this.location?.segments[0] ?? 'Events';
  }

  render() {
    const id = this.location?.segments[0];
    return id
      ? html`<carillon-event .eventId=${id} .query=${this.location.query}></carillon-event>`
      : html`<carillon-journal .query=${this.location?.query}></carillon-journal>`;
  }
}

customElements.define('carillon-events', Events);
export default 'carillon-events';

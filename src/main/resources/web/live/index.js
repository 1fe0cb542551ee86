import { Page, html } from '../app/page.js';

class Live extends Page {
  static title = 'Live';

  render() {
    return html`<div class="page-head"><h1>Live</h1></div>`;
  }
}

customElements.define('carillon-live', Live);
export default 'carillon-live';

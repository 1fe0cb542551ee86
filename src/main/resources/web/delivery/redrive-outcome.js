import { Page, Load, Every, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { shown, reason } from '../app/components/index.js';
import { time, count, words } from '../app/format.js';

const PATH = '/api/v1/dead-letters/redrives';
const EVERY = 1_000;

/** Which were meant, for people. */
export const filterOf = filter => Object.entries(filter).map(([name, value]) => `${words(name)}: ${value}`).join(', ') || 'all';

/** What came true of the redrive that the address names, as it happens; tells `ended` when nothing waits any more. */
class RedriveOutcome extends Page {
  #outcome = new Load(this, (signal, id) => api.get(`${PATH}/${encodeURIComponent(id)}`, { signal }));
  #every = new Every(this, EVERY, () => this.#follow());
  #shown = undefined;

  get #id() {
    return this.location?.query.get('redrive') ?? null;
  }

  willUpdate(changed) {
    if (changed.has('location') && this.#id !== this.#shown) {
      this.#shown = this.#id;
      this.#outcome.clear();
      if (this.#id) {
        this.#outcome.run(this.#id);
      }
    }
  }

  async #follow() {
    const before = this.#outcome.value;
    if (this.#id && before?.waiting > 0 && this.#outcome.state === 'loaded') {
      const now = await this.#outcome.run(this.#id);
      if (now?.waiting === 0) {
        this.dispatchEvent(new CustomEvent('ended'));
      }
    }
  }

  render() {
    return this.#id ? html`<section class="card" aria-labelledby="outcome-title"><h2 id="outcome-title">What came true</h2>
      ${shown(this.#outcome, outcome => this.#cameTrue(outcome))}</section>` : nothing;
  }

  #cameTrue({ redrive, sent, failedAgain, waiting, notSent, reasons }) {
    const figures = [[sent, 'sent'], [failedAgain, 'failed again'], [waiting, 'waiting'], [notSent, 'not sent']];
    return html`
      <p class="muted">Redriven ${time(redrive.at)}: ${filterOf(redrive.filter)}</p>
      <div class="figures" role="status" aria-label="What became of them">${figures.map(([value, label]) => html`<p class="figure"><b>${count(value)}</b>
        <span>${label}</span></p>`)}</div>
      ${Object.keys(reasons).length ? html`<ul>${Object.entries(reasons).map(([code, amount]) => html`<li>${count(amount)}: ${reason(code)}</li>`)}</ul>` : nothing}`;
  }
}

customElements.define('carillon-redrive-outcome', RedriveOutcome);

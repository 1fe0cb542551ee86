import { Page, Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { navigate, setQuery, link } from '../app/router.js';
import { shown } from '../app/components/index.js';
import { choices } from './choices.js';
import { costs } from './costs.js';
import { broken, oneByOne } from './faults.js';
import './own.js';
import './stage.js';
import './stories.css';

/** `/stories`, `/stories/price-drop-alert?fault=caller-dies&remedy=outbox&latency=5`, `/stories/own`. */
class Stories extends Page {
  #known = new Load(this, signal => api.get('/demo/scenarios', { signal }));
  #report = new Load(this, (signal, name, query) => api.get(`/demo/comparison/${encodeURIComponent(name)}`, { signal, query }));
  #broken = new Load(this, (signal, name, known, latency) => oneByOne(known, fault => api.get(`/demo/faults/${encodeURIComponent(name)}`,
    { signal, query: { fault, latency } }), so => { this.brokenSoFar = so; this.requestUpdate(); }));

  get pageTitle() {
    return this.#name ? `${this.#name === 'own' ? 'A story of your own' : this.#name} – Stories` : 'Stories';
  }

  get #name() {
    return this.location?.segments[0];
  }

  willUpdate(changed) {
    if (!changed.has('location')) {
      return;
    }
    if (this.#known.state === 'idle') {
      this.#known.run();
    }
    const told = JSON.stringify([this.#name, ...['fault', 'remedy', 'latency'].map(one => this.location.query.get(one))]);
    if (this.#name && this.#name !== 'own' && told !== this.told) {
      if (JSON.parse(this.told ?? '[]')[0] !== this.#name) {
        this.#broken.clear();
        this.#report.clear();
      }
      this.told = told;
      this.#tell();
    }
  }

  #tell() {
    const query = this.location.query;
    return this.#report.run(this.#name, { fault: query.get('fault'), remedy: query.get('remedy'), latency: query.get('latency') });
  }

  render() {
    if (this.#name === 'own') {
      return html`${this.#head('A story of your own', 'Written as data, told through both doors, kept nowhere.')}
        <carillon-own-story .known=${this.#known.value ?? []}></carillon-own-story>`;
    }
    return this.#name ? this.#story() : this.#list();
  }

  #head(title, text) {
    return html`
      <div class="page-head">
        <div><h1>${title}</h1><p>${text}</p></div>
        <nav class="row" aria-label="Stories">
          ${this.#name ? html`<a class="button" href="/stories">All stories</a>` : nothing}
          ${this.#name === 'own' ? nothing : html`<a class="button" href="/stories/own">Write your own</a>`}
        </nav>
      </div>`;
  }

  #list() {
    return html`
      ${this.#head('Stories', 'The same thing happens twice: once the teams publish what happened and the service decides, once they look up, decide and call.')}
      ${shown(this.#known, all => html`
        <ul class="grid story-list">${all.map(one => html`
          <li class="card">
            <h2><a href=${link('stories', one.scenario)}>${one.scenario}</a></h2>
            <p>${one.summary}</p>
            <ol class="small muted">${one.facts.map(fact => html`<li>${fact}</li>`)}</ol>
          </li>`)}
        </ul>`)}`;
  }

  #story() {
    const known = this.#known.value?.find(one => one.scenario === this.#name);
    return html`
      ${this.#head(this.#name, known?.summary ?? '')}
      ${choices({
        known,
        query: this.location.query,
        busy: this.#report.state === 'loading',
        onChoose: chosen => {
          const same = Object.entries(chosen).every(([name, value]) => (this.location.query.get(name) ?? '') === (value ?? ''));
          if (same) {
            this.#tell();
          } else {
            setQuery(chosen, { replace: false });
          }
        },
      })}
      ${shown(this.#report, report => html`
        <carillon-stage .report=${report}></carillon-stage>
        ${costs(report)}`, { label: 'The story is being told through both doors…' })}
      <section class="stack">
        <div class="spread">
          <h2>When things break</h2>
          <button type="button" ?disabled=${this.#broken.state === 'loading'}
            @click=${() => this.#broken.run(this.#name, known?.faults ?? [], this.location.query.get('latency'))}>
            ${this.#broken.value ? 'Break everything again' : 'Break everything, one after the other'}</button>
        </div>
        <p class="muted">Every fault really happens, with and without the usual remedies. Choose a line to see it on the stage.</p>
        ${broken(this.#broken, this.brokenSoFar, (fault, remedy) => {
          navigate(`${link('stories', this.#name)}?${new URLSearchParams({ fault, remedy, latency: this.location.query.get('latency') ?? '0' })}`);
          scrollTo({ top: 0 });
        })}
      </section>`;
  }
}

customElements.define('carillon-stories', Stories);
export default 'carillon-stories';

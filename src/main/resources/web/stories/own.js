import { LitElement, html, nothing } from 'lit';
import { Load } from '../app/page.js';
import { api } from '../app/api.js';
import { field, shown } from '../app/components/index.js';
import { costs } from './costs.js';
import { choices } from './choices.js';
import { broken, oneByOne } from './faults.js';

const YAML = 'application/yaml';
const KEPT = 'carillon-own-story';
const PAUSE = 500;

/** A scenario's text, checked while it is written, and told. */
class OwnStory extends LitElement {
  static properties = { known: { attribute: false }, text: { state: true }, query: { state: true } };

  #timer = null;
  #check = new Load(this, (signal, text) => api.post('/demo/scenarios/check', text, { signal, type: YAML }));
  #report = new Load(this, (signal, text, query) => api.post('/demo/scenarios', text, { signal, type: YAML, query }));
  #broken = new Load(this, (signal, text, known, latency) => oneByOne(known, fault => api.post('/demo/faults', text,
    { signal, type: YAML, query: { fault, latency } }), so => { this.brokenSoFar = so; this.requestUpdate(); }));

  constructor() {
    super();
    this.known = [];
    this.text = sessionStorage.getItem(KEPT) ?? '';
    this.query = new URLSearchParams();
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.text) {
      this.#check.run(this.text);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  #written(text) {
    this.text = text;
    sessionStorage.setItem(KEPT, text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (text.trim() ? this.#check.run(text) : this.#check.clear()), PAUSE);
  }

  async #begin(name) {
    if (name) {
      this.#written(await api.get(`/demo/scenarios/${encodeURIComponent(name)}`, { headers: { Accept: YAML } }));
    }
  }

  #go(error) {
    const area = this.querySelector('textarea.own-text');
    const lines = this.text.split('\n');
    const at = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + error.column - 1;
    area.focus();
    area.scrollTop = Math.max(0, error.line - 5) * parseFloat(getComputedStyle(area).lineHeight);
    area.setSelectionRange(at, at + Math.max(1, (lines[error.line - 1] ?? '').length - error.column + 1));
  }

  get #asked() {
    return Object.fromEntries(this.query);
  }

  #tell() {
    this.#report.run(this.text, this.#asked);
  }

  render() {
    const wrong = this.#check.state === 'failed' ? this.#check.error : null;
    const ready = this.#check.state === 'loaded' && this.text.trim();
    return html`
      <div class="stack">
        <div class="row">
          <label for="begin">Begin with</label>
          <select id="begin" class="own-begin" @change=${event => this.#begin(event.target.value)}>
            <option value="">…</option>
            ${this.known.map(one => html`<option value=${one.scenario}>${one.scenario}</option>`)}
          </select>
          <a href="/demo/scenarios/schema" target="_blank">JSON Schema for editors</a>
        </div>
        ${field({ id: 'own', label: 'Scenario, as YAML', error: wrong && wrong.errors.length === 0 ? wrong.message : '', control: ({ id, describedBy }) => html`
          <textarea id=${id} aria-describedby=${describedBy} class="own-text" rows="24" spellcheck="false" autocomplete="off" .value=${this.text}
            @input=${event => this.#written(event.target.value)}></textarea>` })}
        <div aria-live="polite" class="own-state">
          ${wrong?.errors.length ? html`
            <div class="problem">
              <p class="problem-title">${wrong.errors.length === 1 ? 'One thing is wrong' : `${wrong.errors.length} things are wrong`}</p>
              <ul>${wrong.errors.map(error => html`<li><button type="button" class="small" @click=${() => this.#go(error)}>line ${error.line}, column ${error.column}</button>
                <code>${error.pointer}</code> ${error.detail}</li>`)}</ul>
            </div>` : nothing}
          ${ready ? html`<p class="muted">It can be told: ${this.#check.value.facts.join(', then ')}.</p>` : nothing}
        </div>
        ${ready || this.#report.value ? choices({
          known: this.#check.value,
          query: this.query,
          busy: this.#report.state === 'loading',
          onChoose: chosen => {
            this.query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value));
            this.#tell();
          },
        }) : nothing}
        ${shown(this.#report, report => html`<carillon-stage .report=${report}></carillon-stage>${costs(report)}`,
          { label: 'The story is being told through both doors…' })}
        ${ready ? html`
          <div class="spread"><h2>When things break</h2>
            <button type="button" ?disabled=${this.#broken.state === 'loading'} @click=${() => this.#broken.run(this.text, this.#check.value.faults, this.query.get('latency'))}>
              Break everything, one after the other</button></div>
          ${broken(this.#broken, this.brokenSoFar, (fault, remedy) => {
            this.query = new URLSearchParams({ fault, remedy });
            this.#tell();
          })}` : nothing}
      </div>`;
  }
}

customElements.define('carillon-own-story', OwnStory);

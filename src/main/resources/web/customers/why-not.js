import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { setQuery } from '../app/router.js';
import { badge, field, shown } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import { explanation, typeExplanation } from './explained.js';

const EVENTS = 30;

/** A point in time as a `datetime-local` field has it: in the reader's zone, to the minute. */
function local(at) {
  const date = new Date(at ?? NaN);
  return Number.isNaN(date.getTime()) ? '' : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** "Why was I not told?": pick what happened, or the kind of message and a time; the answer is below. */
class WhyNot extends LitElement {
  static properties = { customerId: { attribute: false }, query: { attribute: false } };

  #listed = null;
  #asked = null;
  #own = new Load(this, (signal, id) => api.get('/api/v1/events', { signal, query: { subject: id, limit: EVENTS } }));
  #anybodys = new Load(this, signal => api.get('/api/v1/events', { signal, query: { limit: EVENTS } }));
  #types = new Load(this, signal => api.get('/api/v1/templates', { signal }));
  #answer = new Load(this, (signal, path, query) => api.get(path, { signal, query }));

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.customerId !== this.#listed) {
      this.#listed = this.customerId;
      this.#own.run(this.customerId);
      this.#anybodys.run();
      this.#types.run();
    }
    this.#ask();
  }

  async #ask() {
    const [event, type] = [this.query?.get('event'), this.query?.get('type')];
    const asked = JSON.stringify([this.customerId, event, this.query?.get('source'), type, this.query?.get('at')]);
    if (asked === this.#asked) {
      return;
    }
    this.#asked = asked;
    this.#answer.clear();
    const customerId = this.customerId;
    const found = event
      ? await this.#answer.run('/api/v1/explanations', { eventId: event, source: this.query.get('source'), customerId })
      : type
        ? await this.#answer.run(`/api/v1/explanations/types/${encodeURIComponent(type)}`, { customerId, at: this.query.get('at') })
        : undefined;
    if (found) {
      await this.updateComplete;
      this.querySelector('#why-answer')?.focus();
      this.querySelector('#why-answer')?.scrollIntoView({ block: 'start' });
    }
  }

  #pickEvent(one) {
    setQuery({ event: one.id, source: one.source, type: null, at: null }, { replace: false });
  }

  #pickType(type) {
    const at = this.querySelector('#why-at')?.value;
    setQuery({ type, at: at ? new Date(at).toISOString() : null, event: null, source: null }, { replace: false });
  }

  #events(load, none) {
    return shown(load, page => page.events.length === 0 ? html`<p class="muted">${none}</p>` : html`
      <ul class="picks">${page.events.map(one => html`
        <li><button type="button" aria-pressed=${String(this.query?.get('event') === one.id)} @click=${() => this.#pickEvent(one)}>
          <span>${one.type}</span> <span class="muted small">${time(one.recordedAt)}${one.subject && one.subject !== this.customerId ? html`, about ${one.subject}` : nothing}</span>
          ${one.answered ? nothing : badge('pending')}</button></li>`)}</ul>`);
  }

  render() {
    return html`
      <div class="stack">
        <div class="two">
          <section aria-labelledby="why-happened" class="stack">
            <h2 id="why-happened">Of something that happened</h2>
            ${this.#events(this.#own, 'Nothing happened that is about this customer.')}
            <details ?open=${this.#own.value?.events.length === 0}>
              <summary>What happened to anybody, such as a price that fell</summary>
              ${this.#events(this.#anybodys, 'Nothing has happened yet.')}
            </details>
          </section>
          <section aria-labelledby="why-kind" class="stack">
            <h2 id="why-kind">Of a kind of message</h2>
            ${field({ id: 'why-at', label: 'At about', help: 'A day before and after is looked at. Empty: now.', control: ({ id, describedBy }) => html`
              <input id=${id} type="datetime-local" .value=${local(this.query?.get('at'))} aria-describedby=${describedBy}>` })}
            ${shown(this.#types, types => html`<ul class="picks">${types.map(one => html`
              <li><button type="button" aria-pressed=${String(this.query?.get('type') === one.type)} @click=${() => this.#pickType(one.type)}>
                <span>${words(one.type)}</span> <span class="muted small">${one.description}</span></button></li>`)}</ul>`)}
          </section>
        </div>
        ${this.#answer.state === 'idle' ? nothing : html`
          <section aria-labelledby="why-answer">
            <h2 id="why-answer" tabindex="-1">${this.query?.get('event') ? 'Why, or why not' : words(this.query?.get('type'))}</h2>
            ${shown(this.#answer, found => found.notificationType ? typeExplanation(found) : explanation(found), { label: 'Asking the rules…' })}
          </section>`}
      </div>`;
  }
}

customElements.define('carillon-why-not', WhyNot);

import { Page, Load, PagedLoad, Every, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { setQuery } from '../app/router.js';
import { announce } from '../app/announce.js';
import { badge, table, shown, empty, field, confirm, problem } from '../app/components/index.js';
import { time, count } from '../app/format.js';
import { secretOnce } from './secret.js';

const PATH = '/api/v1/webhooks';
const STATUSES = ['sent', 'delivered', 'bounced', 'complained', 'dead-lettered', 'expired'];
const EVERY = 1_000;

const at = (id, ...steps) => [PATH, encodeURIComponent(id), ...steps].join('/');
const address = id => `/delivery?tab=webhooks${id ? `&webhook=${encodeURIComponent(id)}` : ''}`;
const state = one => one.disabledAt ? badge('disabled', { tone: 'bad' }) : one.failingSince ? badge('failing', { tone: 'warn' }) : badge('answers', { tone: 'good' });

/** Who is told of statuses, what each was sent and answered, and a test. */
class Webhooks extends Page {
  static properties = { ...Page.properties, issued: { state: true }, failure: { state: true }, fired: { state: true }, adding: { state: true } };

  #all = new Load(this, signal => api.get(PATH, { signal }));
  #attempts = new PagedLoad(this, (signal, after, id) => api.get(at(id, 'attempts'), { signal, query: { after, limit: 20 } }), page => page.events);
  #every = new Every(this, EVERY, () => this.#follow());
  #shown = undefined;

  constructor() {
    super();
    this.issued = null;
    this.failure = null;
    this.fired = null;
    this.adding = false;
  }

  get #id() {
    return this.location.query.get('webhook');
  }

  willUpdate(changed) {
    if (!changed.has('location')) {
      return;
    }
    if (this.#shown === undefined) {
      this.#all.run();
    }
    if (this.#id !== this.#shown) {
      this.#shown = this.#id;
      this.fired = null;
      this.#attempts.clear();
      if (this.#id) {
        this.#attempts.start(this.#id);
      }
    }
  }

  /** The newest attempts, until the answer to the test is there. */
  async #follow() {
    if (this.fired && !this.#answered && this.#id) {
      await this.#attempts.start(this.#id);
    }
  }

  get #event() {
    return this.#attempts.items.find(event => event.eventId === this.fired);
  }

  get #answered() {
    return this.#event?.attempts.length > 0;
  }

  render() {
    return html`<div class="stack">
      ${this.issued ? secretOnce({ title: 'The secret that signs its calls', secret: this.issued, onDone: () => { this.issued = null; } }) : nothing}
      ${this.failure ? problem(this.failure) : nothing}
      ${shown(this.#all, all => html`
        ${all.length === 0 ? empty('Nobody is told of statuses yet.') : table({ caption: 'Subscriptions', rows: all, key: one => one.id, columns: [
          { label: 'Address', main: true, cell: one => html`<a class="url" href=${address(one.id)} aria-current=${one.id === this.#id ? 'true' : nothing}>${one.url}</a>` },
          { label: 'State', cell: state },
          { label: 'Statuses', cell: one => one.statuses.join(', ') || 'all' },
          { label: 'Types', cell: one => one.types.join(', ') || 'all' },
          { label: 'Since', cell: one => time(one.createdAt, 'day') },
        ] })}
        ${this.adding ? this.#form() : html`<p><button type="button" @click=${() => { this.adding = true; }}>Add a subscription</button></p>`}
        ${all.some(one => one.id === this.#id) ? this.#one(all.find(one => one.id === this.#id)) : nothing}`)}
    </div>`;
  }

  #form() {
    return html`<form class="card stack" aria-label="A new subscription" @submit=${this.#add}>
      ${field({ id: 'url', label: 'Address', help: 'https, a public address', error: this.failure?.of?.('/url'), control: ({ id, describedBy }) =>
        html`<input id=${id} name="url" type="url" required aria-describedby=${describedBy}>` })}
      <fieldset class="choices"><legend>Statuses, all where none is chosen</legend>
        ${STATUSES.map(one => html`<label><input type="checkbox" name="statuses" value=${one}>${one}</label>`)}</fieldset>
      ${field({ id: 'types', label: 'Notification types', help: 'Separated by commas; all where it is empty', error: this.failure?.of?.('/types'), control: ({ id, describedBy }) =>
        html`<input id=${id} name="types" aria-describedby=${describedBy}>` })}
      <div class="row"><button class="primary">Add</button><button type="button" @click=${() => { this.adding = false; }}>Cancel</button></div>
    </form>`;
  }

  #one(webhook) {
    return html`<section class="stack" aria-labelledby="webhook-title">
      <div class="spread"><h2 id="webhook-title" class="url">${webhook.url}</h2>
        <div class="row">
          <button type="button" class="primary" ?disabled=${Boolean(webhook.disabledAt)} @click=${() => this.#test(webhook)}>Send a test event</button>
          ${webhook.disabledAt ? html`<button type="button" @click=${() => this.#enable(webhook)}>Enable</button>` : nothing}
          <button type="button" @click=${() => this.#rotate(webhook)}>New secret</button>
          <button type="button" @click=${() => this.#remove(webhook)}>Unsubscribe</button></div></div>
      ${webhook.disabledAt ? html`<p>Disabled ${time(webhook.disabledAt)}: ${webhook.disabledWhy}.</p>`
        : webhook.failingSince ? html`<p>It has accepted nothing since ${time(webhook.failingSince)}.</p>` : nothing}
      <p role="status" class="answer">${this.fired ? this.#answer() : nothing}</p>
      ${table({ caption: 'What it was sent, newest first', captionShown: true, rows: this.#attempts.items, paged: this.#attempts, key: event => event.eventId,
        none: 'Nothing was sent to it yet.', columns: [
          { label: 'When', main: true, cell: event => time(event.createdAt) },
          { label: 'Event', cell: event => event.tells ? badge(event.tells) : 'Test' },
          { label: 'State', cell: event => badge(event.status) },
          { label: 'Answers', cell: event => event.attempts.length === 0 ? '–' : html`<ol class="attempts">${event.attempts.map(one => html`<li>
            <code>${one.answer ?? one.outcome}</code> in ${count(one.milliseconds)} ms, ${time(one.at, 'clock')}</li>`)}</ol>` },
          { label: 'Next try', cell: event => event.nextTryAt ? time(event.nextTryAt) : '–' },
        ] })}
    </section>`;
  }

  #answer() {
    const event = this.#event;
    if (!this.#answered) {
      return event?.status === 'set-aside'
        ? html`The test waits: the circuit of this subscriber is open, or it has no room.`
        : html`The test is on its way…`;
    }
    const last = event.attempts.at(-1);
    return html`The test was answered with <strong>${last.answer ?? last.outcome}</strong> in ${count(last.milliseconds)} ms${
      event.nextTryAt ? html`; it is tried again ${time(event.nextTryAt)}` : nothing}.`;
  }

  #add = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    const types = form.get('types').split(',').map(type => type.trim()).filter(Boolean);
    return this.#tried(async () => {
      const made = await api.post(PATH, { url: form.get('url').trim(), statuses: form.getAll('statuses'), types });
      this.issued = made.secret;
      this.adding = false;
      setQuery({ webhook: made.webhook.id }, { replace: false });
      await this.#all.run();
    });
  };

  #test(webhook) {
    return this.#tried(async () => {
      this.fired = null;
      const { eventId } = await api.post(at(webhook.id, 'test'));
      this.fired = eventId;
      await this.#attempts.start(webhook.id);
    });
  }

  #enable(webhook) {
    return this.#tried(async () => {
      await api.post(at(webhook.id, 'enable'));
      announce('It is told of statuses again.');
      await this.#all.run();
    });
  }

  async #rotate(webhook) {
    if (await confirm({ title: 'A new secret?', details: 'Both sign for a day, so that the receiver can change over.', action: 'Make one' })) {
      await this.#tried(async () => {
        this.issued = (await api.post(at(webhook.id, 'rotate'))).secret;
      });
    }
  }

  async #remove(webhook) {
    if (await confirm({ title: 'Unsubscribe?', details: html`<span class="url">${webhook.url}</span> is told nothing more; what is not sent yet is dropped.`, action: 'Unsubscribe', danger: true })) {
      await this.#tried(async () => {
        await api.delete(at(webhook.id));
        announce('Unsubscribed.');
        setQuery({ webhook: null });
        await this.#all.run();
      });
    }
  }

  async #tried(work) {
    this.failure = null;
    try {
      await work();
    } catch (failure) {
      this.failure = failure;
    }
  }
}

customElements.define('carillon-webhooks', Webhooks);

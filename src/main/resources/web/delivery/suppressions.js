import { Page, PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { setQuery } from '../app/router.js';
import { session } from '../app/session.js';
import { announce } from '../app/announce.js';
import { badge, table, field, confirm, problem } from '../app/components/index.js';
import { time, words } from '../app/format.js';

const PATH = '/api/v1/suppressions';

/** Addresses that get nothing: found, added and lifted. */
class Suppressions extends Page {
  static properties = { ...Page.properties, failure: { state: true } };

  #found = new PagedLoad(this, (signal, after, channel, address) => api.get(PATH, { signal, query: { channel, address, after, limit: 50 } }), page => page.suppressions);
  #asked = undefined;

  constructor() {
    super();
    this.failure = null;
  }

  get #query() {
    return [this.location.query.get('channel') ?? '', this.location.query.get('address') ?? ''];
  }

  willUpdate(changed) {
    const asked = this.#query.join('\n');
    if (changed.has('location') && asked !== this.#asked) {
      this.#asked = asked;
      this.#found.start(...this.#query);
    }
  }

  render() {
    const [channel, address] = this.#query;
    return html`<div class="stack">
      <form class="card filters" aria-label="Find an address" @submit=${this.#search}>
        ${field({ id: 'channel', label: 'Channel', error: this.#found.error?.of?.('/channel'), control: ({ id, describedBy }) =>
          html`<input id=${id} name="channel" .value=${channel} placeholder="email" autocomplete="off" aria-describedby=${describedBy}>` })}
        ${field({ id: 'address', label: 'Address', error: this.#found.error?.of?.('/address'), control: ({ id, describedBy }) =>
          html`<input id=${id} name="address" .value=${address} autocomplete="off" aria-describedby=${describedBy}>` })}
        <div class="row"><button class="primary">Find</button>
          ${session.can('admin', 'sender') ? html`<button type="button" @click=${this.#add}>Suppress this address</button>` : nothing}
          ${channel || address ? html`<a class="button quiet" href="/delivery?tab=suppressions">Clear</a>` : nothing}</div>
      </form>
      ${this.failure ? problem(this.failure) : nothing}
      ${table({ caption: 'Suppressed addresses, oldest first', rows: this.#found.items, paged: this.#found, key: one => one.id,
        none: channel || address ? 'It is not suppressed.' : 'No address is suppressed.', columns: [
          { label: 'Address', main: true, cell: one => html`<span class="url">${one.address}</span>` },
          { label: 'Channel', cell: one => one.channel },
          { label: 'Cause', cell: one => badge(one.cause, { tone: one.cause === 'complaint' ? 'bad' : 'warn' }) },
          { label: 'Said by', cell: one => html`${one.source} ${one.detail ? html`<code>${one.detail}</code>` : nothing}` },
          { label: 'Since', cell: one => time(one.since) },
          ...session.can('admin') ? [{ label: 'Lift', unseen: true, cell: one => html`<button type="button" class="small"
            aria-label="Lift ${words(one.cause).toLowerCase()} of ${one.address}" @click=${() => this.#lift(one)}>Lift</button>` }] : [],
        ] })}
    </div>`;
  }

  #search = event => {
    event.preventDefault();
    this.failure = null;
    const form = new FormData(event.target);
    setQuery({ channel: form.get('channel').trim(), address: form.get('address').trim() }, { replace: false });
  };

  #add = event => {
    const form = new FormData(event.target.closest('form'));
    const wanted = { channel: form.get('channel').trim(), address: form.get('address').trim() };
    return this.#tried(async () => {
      const made = await api.post(PATH, wanted);
      announce(`Nothing is sent to ${made.address} any more.`);
      setQuery({ channel: made.channel, address: made.address }, { replace: false });
      await this.#found.start(made.channel, made.address);
    });
  };

  async #lift(one) {
    const details = html`<span class="url">${one.address}</span> may get messages again, unless it is suppressed for another cause.`;
    if (await confirm({ title: `Lift ${words(one.cause).toLowerCase()}?`, details, action: 'Lift' })) {
      await this.#tried(async () => {
        await api.delete(`${PATH}/${encodeURIComponent(one.id)}`);
        announce('Lifted.');
        await this.#found.start(...this.#query);
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

customElements.define('carillon-suppressions', Suppressions);

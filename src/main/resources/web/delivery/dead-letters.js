import { Page, Load, PagedLoad, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { setQuery } from '../app/router.js';
import { session } from '../app/session.js';
import { announce } from '../app/announce.js';
import { badge, table, shown, empty, field, confirm, reason, problem } from '../app/components/index.js';
import { time, count, plural, words } from '../app/format.js';
import { redrive } from './redrive.js';
import { filterOf } from './redrive-outcome.js';

const PATH = '/api/v1/dead-letters';
const FILTERS = ['failure', 'detail', 'provider', 'channel', 'type', 'from', 'to'];
const FAILURES = ['NO_PROVIDER', 'OUTCOME_UNKNOWN', 'PROVIDER_ERROR', 'RATE_LIMITED', 'REJECTED'];

/** Where a link to the same tab leads with these filters. */
function address(filter) {
  const url = new URL('/delivery', window.location.origin);
  url.searchParams.set('tab', 'dead-letters');
  Object.entries(filter).filter(([, value]) => value).forEach(([name, value]) => url.searchParams.set(name, value));
  return url.pathname + url.search;
}

/** Dead letters by what they have in common, what a filter selects, and what a redrive of it would do and did. */
class DeadLetters extends Page {
  static properties = { ...Page.properties, busy: { state: true }, failure: { state: true } };

  #summary = new Load(this, (signal, filter) => api.get(`${PATH}/summary`, { signal, query: filter }));
  #letters = new PagedLoad(this, (signal, after, filter) => api.get(PATH, { signal, query: { ...filter, after, limit: 50 } }), page => page.deadLetters);
  #history = new Load(this, (signal, id) => api.get(`${PATH}/${encodeURIComponent(id)}`, { signal }));
  #redrives = new Load(this, signal => api.get(`${PATH}/redrives`, { signal, query: { limit: 10 } }));
  #asked = null;
  #letter = null;

  constructor() {
    super();
    this.busy = false;
    this.failure = null;
  }

  get #filter() {
    return Object.fromEntries(FILTERS.map(name => [name, this.location.query.get(name)]).filter(([, value]) => value));
  }

  willUpdate(changed) {
    if (!changed.has('location')) {
      return;
    }
    const asked = JSON.stringify(this.#filter);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#load();
    }
    const letter = this.location.query.get('letter');
    if (letter !== this.#letter) {
      this.#letter = letter;
      letter ? this.#history.run(letter) : this.#history.clear();
    }
  }

  #load() {
    this.#summary.run(this.#filter);
    this.#letters.start(this.#filter);
    this.#redrives.run();
  }

  render() {
    return html`<div class="stack">
      ${this.#form()}
      ${this.failure ? problem(this.failure) : nothing}
      <carillon-redrive-outcome .location=${this.location} @ended=${() => this.#load()}></carillon-redrive-outcome>
      ${shown(this.#summary, summary => this.#found(summary))}
      ${this.#redrives.value?.redrives.length ? this.#earlier(this.#redrives.value.redrives) : nothing}
    </div>`;
  }

  #form() {
    const { failure = '', detail = '', provider = '', channel = '', type = '' } = this.#filter;
    const text = (id, label, value) => field({ id, label, control: ({ id: name }) => html`<input id=${name} name=${name} .value=${value} autocomplete="off">` });
    return html`<form class="card filters" aria-label="Filter" @submit=${this.#filtered}>
      ${field({ id: 'failure', label: 'Cause', control: ({ id }) => html`<select id=${id} name="failure" .value=${failure}>
        <option value="">Any</option>${FAILURES.map(one => html`<option value=${one} ?selected=${one === failure}>${words(one)}</option>`)}</select>` })}
      ${text('detail', 'Answer', detail)} ${text('provider', 'Provider', provider)} ${text('channel', 'Channel', channel)} ${text('type', 'Notification type', type)}
      <div class="row"><button class="primary">Filter</button>
        ${Object.keys(this.#filter).length ? html`<a class="button quiet" href=${address({})}>Clear</a>` : nothing}</div>
    </form>`;
  }

  #filtered = event => {
    event.preventDefault();
    setQuery({ ...Object.fromEntries(new FormData(event.target)), letter: null, redrive: null }, { replace: false });
  };

  #found(summary) {
    if (summary.count === 0) {
      return empty(Object.keys(this.#filter).length ? 'No dead letter matches.' : 'No dead letters: everything was sent or is still being tried.');
    }
    const filter = this.#filter;
    const link = (more, label) => html`<a href=${address({ ...filter, ...more })}>${label}</a>`;
    return html`
      <div class="spread">
        <p class="figure"><b>${count(summary.count)}${summary.more ? '+' : ''}</b><span>dead letters, of which ${count(summary.expired)} have expired</span></p>
        ${session.can('admin') ? html`<button type="button" class="primary" aria-disabled=${String(this.busy)} @click=${this.#redrive}>
          ${this.busy ? 'Rehearsing…' : 'Redrive these…'}</button>` : nothing}
      </div>
      <section class="stack" aria-labelledby="causes-title"><h2 id="causes-title">By cause</h2>
        ${table({ caption: 'Dead letters by cause', rows: summary.causes, key: one => `${one.failure}/${one.detail}`, columns: [
          { label: 'Cause', main: true, cell: one => link({ failure: one.failure }, words(one.failure)) },
          { label: 'Answer', cell: one => link({ failure: one.failure, detail: one.detail }, html`<code>${one.detail}</code>`) },
          { label: 'Dead letters', numeric: true, cell: one => count(one.count) },
        ] })}</section>
      <section class="stack" aria-labelledby="groups-title"><h2 id="groups-title">By provider, channel and type</h2>
        ${table({ caption: 'Dead letters by provider, channel and type', rows: summary.groups, key: one => [one.failure, one.provider, one.channel, one.type].join('/'), columns: [
          { label: 'Provider', main: true, cell: one => link({ provider: one.provider }, one.provider) },
          { label: 'Channel', cell: one => link({ channel: one.channel }, one.channel) },
          { label: 'Type', cell: one => one.type ? link({ type: one.type }, one.type) : html`<span class="muted">status events</span>` },
          { label: 'Cause', cell: one => words(one.failure) },
          { label: 'Newest', cell: one => time(one.newestAt) },
          { label: 'Expired', numeric: true, cell: one => count(one.expired) },
          { label: 'Dead letters', numeric: true, cell: one => count(one.count) },
        ] })}</section>
      <section class="stack" aria-labelledby="letters-title"><h2 id="letters-title">Each of them</h2>
        ${table({ caption: 'Dead letters, newest first', rows: this.#letters.items, paged: this.#letters, key: one => one.deliveryId, columns: [
          { label: 'When', main: true, cell: one => time(one.deadAt) },
          { label: 'Type', cell: one => one.type ?? html`<span class="muted">status event</span>` },
          { label: 'Sent by', cell: one => html`${one.provider} <span class="muted">on ${one.channel}</span>` },
          { label: 'Answer', cell: one => html`<code>${one.detail}</code>` },
          { label: 'Attempts', numeric: true, cell: one => count(one.attempts) },
          { label: 'Expires', cell: one => one.expiresAt ? time(one.expiresAt) : '–' },
          { label: 'History', unseen: true, cell: one => html`<a href=${address({ ...filter, letter: one.deliveryId })}
            aria-label="History of the dead letter of ${one.deadAt}">History</a>` },
        ] })}
        ${this.#letter ? shown(this.#history, history => this.#historyOf(history)) : nothing}</section>`;
  }

  #historyOf({ deadLetter, attempts, actions }) {
    return html`<section class="card" aria-labelledby="history-title" tabindex="-1">
      <div class="spread"><h3 id="history-title">One dead letter</h3>
        <div class="row">
          ${session.can('admin') ? html`<button type="button" class="small" @click=${() => this.#one(deadLetter, 'redrive')}>Redrive this one</button>
            <button type="button" class="small" @click=${() => this.#one(deadLetter, 'purge')}>Purge it</button>` : nothing}
          <a class="button quiet" href=${address(this.#filter)}>Close</a></div></div>
      <dl class="facts"><dt>Delivery</dt><dd><code>${deadLetter.deliveryId}</code></dd>
        <dt>Notification</dt><dd><code>${deadLetter.trackingId ?? '–'}</code></dd><dt>Cause</dt><dd>${reason(deadLetter.failure)}</dd></dl>
      ${table({ caption: 'Attempts, oldest first', captionShown: true, rows: attempts, key: one => one.endedAt, columns: [
        { label: 'Attempt', main: true, cell: one => count(one.number) }, { label: 'When', cell: one => time(one.startedAt) },
        { label: 'Provider', cell: one => one.provider }, { label: 'Outcome', cell: one => badge(one.outcome) },
        { label: 'Answer', cell: one => html`<code>${one.detail ?? '–'}</code>` },
      ] })}
      ${actions.length ? table({ caption: 'Earlier redrives', captionShown: true, rows: actions, key: one => one.at, columns: [
        { label: 'When', main: true, cell: one => time(one.at) }, { label: 'After', cell: one => `${plural(one.attempts, 'attempt')}, ${words(one.failure)}` },
        { label: 'By', cell: one => html`<code>${one.by}</code>` },
      ] }) : nothing}
    </section>`;
  }

  #earlier(redrives) {
    return html`<section class="stack" aria-labelledby="redrives-title"><h2 id="redrives-title">Earlier redrives</h2>
      ${table({ caption: 'Earlier redrives, newest first', rows: redrives, key: one => one.redriveId, columns: [
        { label: 'When', main: true, cell: one => html`<a href=${address({ redrive: one.redriveId })}>${time(one.at)}</a>` },
        { label: 'Which', cell: one => filterOf(one.filter) },
        { label: 'Went', numeric: true, cell: one => count(one.count) },
        { label: 'Expired', numeric: true, cell: one => count(one.expired) },
      ] })}</section>`;
  }

  async #one(letter, what) {
    const purge = what === 'purge';
    if (!await confirm({
      title: purge ? 'Purge this dead letter?' : 'Redrive this dead letter?',
      details: purge ? 'It is no longer listed and cannot be redriven.' : 'It goes back into the outbox and is evaluated again before it is sent.',
      action: purge ? 'Purge' : 'Redrive', danger: purge,
    })) {
      return;
    }
    await this.#tried(async () => {
      await (purge ? api.delete(`${PATH}/${letter.deliveryId}`) : api.post(`${PATH}/${letter.deliveryId}/redrive`));
      announce(purge ? 'Purged.' : 'It is in the outbox again.');
      setQuery({ letter: null });
      this.#load();
    });
  }

  #redrive = () => this.#tried(async () => {
    const id = await redrive(this.#filter);
    if (id) {
      setQuery({ redrive: id, letter: null }, { replace: false });
      this.#load();
    }
  });

  /** A button that were disabled meanwhile would lose the focus. */
  async #tried(work) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('carillon-dead-letters', DeadLetters);

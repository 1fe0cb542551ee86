import './live.css';
import { Page, html, nothing, Load, Every } from '../app/page.js';
import { api, stream } from '../app/api.js';
import { badge, problem } from '../app/components/index.js';
import { setQuery } from '../app/router.js';
import { session } from '../app/session.js';
import { Feed, KINDS, feed } from './feed.js';
import { circuits, figures, queues } from './queues.js';
import { rates, reasons } from './rates.js';
import { firstRun } from './first-run.js';

const POLLED_EVERY = 3_000;
const STATES = { connecting: 'connecting…', open: 'live', closed: 'not connected', paused: 'paused' };
const TONES = { open: 'good', connecting: 'warn', closed: 'bad', paused: 'plain' };

/** What happens right now: events, decisions, sends; and what waits, what stands in its way, and why. */
class Live extends Page {
  static title = 'Live';
  static properties = { ...Page.properties, connection: { state: true }, paused: { state: true } };

  #feed = new Feed(() => this.requestUpdate());
  #close = null;
  #opened = false;
  #latest = new Load(this, signal => api.get('/api/v1/activity', { signal, query: { limit: 100 } }));
  #delivery = new Load(this, signal => api.get('/api/v1/delivery', { signal, background: true, query: { minutes: 15, hours: 24 } }));

  constructor() {
    super();
    this.connection = 'connecting';
    this.paused = false;
    new Every(this, POLLED_EVERY, () => this.#delivery.run());
  }

  connectedCallback() {
    super.connectedCallback();
    this.#catchUp();
    this.#listen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close?.();
    this.#feed.stop();
  }

  #listen() {
    this.#close = stream('/api/v1/activity/stream', {
      activity: item => this.#feed.add([item]),
      skipped: told => this.#feed.skipped(told?.why),
    }, state => {
      this.connection = state;
      if (state === 'open' && this.#opened) {
        this.#catchUp();
      }
      this.#opened ||= state === 'open';
    });
  }

  /** What happened before the stream began, or while nobody looked; what is known already comes once. */
  async #catchUp() {
    const latest = await this.#latest.run();
    if (latest) {
      this.#feed.add(latest.items.toReversed());
    }
  }

  #pause = () => {
    this.paused = !this.paused;
    this.#feed.hold(this.paused);
  };

  render() {
    const kind = this.location.query.get('kind') ?? 'all';
    const state = this.paused ? 'paused' : this.connection;
    return html`
      <div class="page-head">
        <div>
          <h1>Live</h1>
          <p>What happens now, and what waits.</p>
        </div>
        <div class="row">
          ${badge(state, { tone: TONES[state], label: STATES[state] })}
          <button type="button" aria-pressed=${String(this.paused)} @click=${this.#pause}>Pause</button>
        </div>
      </div>
      ${session.open ? firstRun() : nothing}
      ${this.#deliveryFailed()}
      ${this.#delivery.value ? figures(this.#delivery.value) : nothing}
      <div class="live">
        <section class="card flush" aria-labelledby="live-feed">
          <div class="card-head">
            <h2 id="live-feed">Activity</h2>
            <div class="choice" role="group" aria-label="What is shown">
              ${KINDS.map(one => html`<button type="button" class="small" aria-pressed=${String(one.id === kind)}
                @click=${() => setQuery({ kind: one.id === 'all' ? null : one.id })}>${one.label}</button>`)}
            </div>
          </div>
          ${this.#latest.state === 'failed' && this.#feed.isEmpty
            ? problem(this.#latest.error, () => this.#latest.again())
            : feed(this.#feed, kind, this.#latest.state === 'loading')}
        </section>
        <div class="stack">
          ${this.#delivery.value ? html`
            ${circuits(this.#delivery.value)}
            ${queues(this.#delivery.value)}
            ${rates(this.#delivery.value)}
            ${reasons(this.#delivery.value)}` : nothing}
        </div>
      </div>`;
  }

  /** What was loaded before stays: figures of a moment ago are better than none. */
  #deliveryFailed() {
    const { error } = this.#delivery;
    return error && error.status !== 401 ? problem(error) : nothing;
  }
}

customElements.define('carillon-live', Live);
export default 'carillon-live';

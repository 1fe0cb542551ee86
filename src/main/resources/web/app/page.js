import { LitElement, html, nothing } from 'lit';

export { html, nothing };

/**
 * A page: an element in the light, so that the one style sheet holds. `location` is the router's `{path, segments, query}`
 * and changes while the page is open; `title` is what the document is called.
 */
export class Page extends LitElement {
  static properties = { location: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  /** Of the document; overridden where it depends on what is shown. */
  get pageTitle() {
    return this.constructor.title ?? 'Carillon';
  }
}

/**
 * Something that is loaded: its `state` is `idle`, `loading`, `loaded` or `failed`. A newer run ends the one before.
 *
 * `new Load(this, (signal, ...given) => api.get('/api/v1/rules', { signal }))`
 */
export class Load {
  #host;
  #work;
  #running = null;
  #given = [];
  state = 'idle';
  value = null;
  error = null;

  constructor(host, work) {
    this.#host = host;
    this.#work = work;
    host.addController(this);
  }

  hostDisconnected() {
    this.#running?.abort();
  }

  /** @returns the value, or undefined when it failed or another run began */
  async run(...given) {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.#given = given;
    this.#become('loading', this.value, null);
    try {
      const value = await this.#work(running.signal, ...given);
      if (running === this.#running) {
        this.#become('loaded', value, null);
        return value;
      }
    } catch (failure) {
      if (running === this.#running && !running.signal.aborted) {
        this.#become('failed', this.value, failure);
      }
    }
    return undefined;
  }

  again() {
    return this.run(...this.#given);
  }

  clear() {
    this.#running?.abort();
    this.#become('idle', null, null);
  }

  #become(state, value, error) {
    this.state = state;
    this.value = value;
    this.error = error;
    this.#host.requestUpdate();
  }
}

/**
 * A list that is read page by page (`next` → `after`): `items` so far, `more()` for the following page.
 *
 * `new PagedLoad(this, (signal, after, ...given) => api.get(path, { signal, query: { after, limit: 50 } }), page => page.events)`
 */
export class PagedLoad extends Load {
  items = [];
  next = null;
  #asked = [];

  constructor(host, work, itemsOf) {
    super(host, async (signal, after, ...given) => {
      const page = await work(signal, after, ...given);
      this.items = after ? [...this.items, ...itemsOf(page)] : itemsOf(page);
      this.next = page.next ?? null;
      return page;
    });
  }

  /** From the beginning. */
  start(...given) {
    this.#asked = given;
    return this.run(null, ...given);
  }

  more() {
    return this.next === null ? Promise.resolve() : this.run(this.next, ...this.#asked);
  }
}

/** Does something again and again while the page is open and can be seen; the next time begins when the last one ended. */
export class Every {
  #milliseconds;
  #work;
  #timer = null;

  constructor(host, milliseconds, work) {
    this.#milliseconds = milliseconds;
    this.#work = work;
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.#seen);
    this.#next(0);
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timer);
    this.#timer = null;
  }

  #seen = () => {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!document.hidden) {
      this.#next(0);
    }
  };

  #next(after) {
    const timer = (this.#timer = setTimeout(async () => {
      if (!document.hidden) {
        try {
          await this.#work();
        } finally {
          if (this.#timer === timer) {
            this.#next(this.#milliseconds);
          }
        }
      }
    }, after));
  }
}

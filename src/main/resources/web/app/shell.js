import { LitElement, html, nothing } from 'lit';
import { ApiError, api } from './api.js';
import { announce } from './announce.js';
import { icon } from './components/icons.js';
import { loading, problem } from './components/states.js';
import { pageOf, pages } from './pages.js';
import { here, navigate, onNavigation } from './router.js';
import { session } from './session.js';
import { setTheme, theme } from './theme.js';
import './sign-in.js';

const MESSAGE_SHOWN = 6_000;
const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' };
const TOLD = new Set(['sign-in']);

/** The frame around the pages: navigation, who is signed in, messages; and which page is shown. */
class Shell extends LitElement {
  static properties = { state: { state: true }, error: { state: true }, message: { state: true }, page: { state: true } };

  #element = null;
  #shownName = null;

  constructor() {
    super();
    this.state = 'starting';
    this.error = null;
    this.message = null;
    this.page = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    session.addEventListener('change', () => this.#show(true));
    onNavigation(({ moved }) => this.#show(moved));
    addEventListener('carillon-message', event => this.#say(event.detail));
    this.#begin();
  }

  async #begin() {
    try {
      await session.check();
      this.state = 'ready';
      this.error = null;
      await this.#show(false);
    } catch {
      this.state = 'failed';
      this.error = new ApiError(0, { title: 'The service cannot be reached', detail: 'It does not answer. Is it running?' });
    }
  }

  /** Shows the page of the address, or the sign-in page when nobody is signed in; that leads back here. */
  async #show(moved) {
    if (this.state !== 'ready') {
      return;
    }
    const now = here();
    const signIn = now.path === '/sign-in';
    if (!session.signedIn) {
      if (!signIn) {
        navigate(`/sign-in?to=${encodeURIComponent(now.path + location.search)}`, { replace: true });
        return;
      }
      this.#put('sign-in', document.createElement('carillon-sign-in'), now, moved);
      return;
    }
    if (signIn) {
      navigate(backTo(now.query.get('to')), { replace: true });
      return;
    }
    const page = pageOf(now.path);
    if (!page || !session.can(...page.roles)) {
      const first = pages.find(one => session.can(...one.roles));
      if (!page && first) {
        navigate(`/${first.name}`, { replace: true });
      } else {
        this.error = new ApiError(403, { title: 'Not for your roles', detail: 'Your key does not have a role that this page is for.' });
        this.#put(null, null, now, moved);
      }
      return;
    }
    this.error = null;
    if (page.name === this.#shownName) {
      this.#element.location = now;
      this.#arrive(moved);
      return;
    }
    try {
      const tag = (await page.load()).default;
      if (here().path === now.path) {
        this.#put(page.name, document.createElement(tag), here(), moved);
      }
    } catch (failure) {
      this.error = new ApiError(0, { title: 'The page could not be loaded', detail: 'A newer version may have been installed: load it again.' });
      this.#put(null, null, now, moved);
      console.warn(failure.message);
    }
  }

  #put(name, element, now, moved) {
    if (name === this.#shownName && TOLD.has(name)) {
      return;
    }
    this.#shownName = name;
    this.#element = element;
    if (element) {
      element.location = now;
    }
    this.page = name;
    this.requestUpdate();
    this.#arrive(moved);
  }

  /** The document gets the page's title; the focus goes to the heading, so that a screen reader begins there. */
  async #arrive(moved) {
    await this.updateComplete;
    await this.#element?.updateComplete;
    const title = this.#element?.pageTitle;
    document.title = title && title !== 'Carillon' ? `${title} · Carillon` : 'Carillon';
    if (this.#element?.arrived) {
      this.#element.arrived();
    } else if (moved) {
      const heading = this.querySelector('main h1');
      heading?.setAttribute('tabindex', '-1');
      heading?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }

  #say(message) {
    this.message = message;
    clearTimeout(this.forgets);
    this.forgets = setTimeout(() => (this.message = null), MESSAGE_SHOWN);
  }

  async #signOut() {
    try {
      await api.delete('/api/v1/session');
      session.lost();
      announce('You are signed out.');
    } catch (failure) {
      announce(failure.message, 'bad');
    }
  }

  render() {
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>Skip to content</a>
      ${session.signedIn ? this.#side() : nothing}
      <main id="main" tabindex="-1">
        ${this.state === 'starting' ? loading('Starting…') : nothing}
        ${this.error ? html`<h1>${this.error.title}</h1>${problem(this.error, this.state === 'failed' ? () => this.#begin() : null)}` : this.#element}
      </main>
      <div class="messages" role="status" aria-live="polite">
        ${this.message ? html`<p class="message" data-kind=${this.message.kind}>${this.message.message}</p>` : nothing}
      </div>`;
  }

  #skip = event => {
    event.preventDefault();
    this.querySelector('main').focus();
  };

  #side() {
    return html`
      <header class="side">
        <a class="brand" href="/"><img src="/static/mark.svg" alt="" width="28" height="28"><span>Carillon</span></a>
        <nav aria-label="Pages">
          <ul>
            ${pages.filter(page => session.can(...page.roles)).map(page => html`
              <li><a href="/${page.name}" aria-current=${page.name === this.page ? 'page' : nothing}>${icon(page.icon)}<span>${page.label}</span></a></li>`)}
          </ul>
        </nav>
        <div class="who">
          <p class="tenant" title="Your tenant and roles"><b>${session.tenant}</b> <span>${session.open ? 'open mode' : session.roles.join(', ')}</span></p>
          <div class="tools">
            <button type="button" class="quiet" @click=${this.#turnTheme}>${icon('theme')}<span>Theme: ${theme()}</span></button>
            <a class="button quiet" href="/docs">${icon('docs')}<span>API</span></a>
            ${session.open ? nothing : html`<button type="button" class="quiet" @click=${this.#signOut}>${icon('out')}<span>Sign out</span></button>`}
          </div>
        </div>
      </header>`;
  }

  #turnTheme = () => {
    setTheme(NEXT_THEME[theme()]);
    this.requestUpdate();
  };
}

/** Only addresses of this console: what a link brings may not lead elsewhere. */
function backTo(address) {
  if (!address) {
    return '/';
  }
  const url = new URL(address, location.origin);
  return url.origin === location.origin && pageOf(url.pathname) ? url.pathname + url.search : '/';
}

customElements.define('carillon-shell', Shell);

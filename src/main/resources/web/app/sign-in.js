import { Page, html, nothing } from './page.js';
import { api } from './api.js';
import { field } from './components/field.js';
import { problem } from './components/states.js';
import { session } from './session.js';

/** Exchanges an API key for a session. The key is in no storage of the browser's. */
class SignIn extends Page {
  static title = 'Sign in';
  static properties = { ...Page.properties, failure: { state: true }, busy: { state: true } };

  constructor() {
    super();
    this.failure = null;
    this.busy = false;
  }

  /** The field is what there is to do here. */
  arrived() {
    this.querySelector('#key').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const input = event.target.elements.key;
    if (input.value.trim() === '') {
      this.failure = { title: 'Enter your API key', errors: [] };
      input.focus();
      return;
    }
    this.busy = true;
    try {
      const started = await api.post('/api/v1/session', { key: input.value.trim() }, { quiet: true });
      input.value = '';
      await this.#cookieIsKept();
      session.started(started);
    } catch (failure) {
      this.failure = failure;
      input.focus();
    } finally {
      this.busy = false;
    }
  }

  /** Browsers drop a Secure cookie that came over plain HTTP, without a word. */
  async #cookieIsKept() {
    try {
      await api.get('/api/v1/session', { quiet: true });
    } catch (failure) {
      throw failure.status === 401
        ? { title: 'Your browser did not keep the session', message: 'The console needs HTTPS: over plain HTTP browsers keep no Secure cookie. Ask whoever runs the service for its HTTPS address.', errors: [] }
        : failure;
    }
  }

  render() {
    return html`
      <section class="sign-in">
        <img src="/static/mark.svg" alt="" width="48" height="48">
        <h1>Sign in to Carillon</h1>
        <p class="muted">With an API key of your tenant. Its roles decide what you see. The key is exchanged for a session and kept nowhere.</p>
        <form @submit=${this.#submit} novalidate>
          ${field({ id: 'key', label: 'API key', control: ({ id, describedBy }) => html`
            <input id=${id} name="key" type="password" autocomplete="current-password" spellcheck="false" required
              aria-describedby=${describedBy} aria-invalid=${this.failure ? 'true' : nothing}>` })}
          <button class="primary" ?disabled=${this.busy}>${this.busy ? 'Signing in…' : 'Sign in'}</button>
        </form>
        ${this.failure ? problem(this.failure) : nothing}
        ${isSecureContext ? nothing : html`<p class="problem">This page came over plain HTTP. Signing in needs HTTPS, because the session's cookie is sent over nothing else.</p>`}
      </section>`;
  }
}

customElements.define('carillon-sign-in', SignIn);

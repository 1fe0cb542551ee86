import { Page, Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { announce } from '../app/announce.js';
import { badge, table, shown, field, confirm, problem } from '../app/components/index.js';
import { time } from '../app/format.js';
import { secretOnce } from './secret.js';

const PATH = '/api/v1/api-keys';
const ROLES = ['admin', 'publisher', 'sender', 'reader', 'metrics'];

/** Who may call: made, replaced and revoked, with when each key was last used. */
class ApiKeys extends Page {
  static properties = { ...Page.properties, issued: { state: true }, failure: { state: true }, adding: { state: true } };

  #all = new Load(this, signal => api.get(PATH, { signal }));

  constructor() {
    super();
    this.issued = null;
    this.failure = null;
    this.adding = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#all.run();
  }

  render() {
    return html`<div class="stack">
      ${this.issued ? secretOnce({ title: `The key of ${this.issued.label}`, secret: this.issued.key, onDone: () => { this.issued = null; } }) : nothing}
      ${this.failure ? problem(this.failure) : nothing}
      ${shown(this.#all, all => html`
        ${table({ caption: 'API keys', rows: all, key: one => one.id, none: 'There is no key.', columns: [
          { label: 'Owner', main: true, cell: one => one.label },
          { label: 'Roles', cell: one => html`<span class="row">${[...one.roles].sort().map(role => badge(role, { tone: role === 'admin' ? 'warn' : 'plain' }))}</span>` },
          { label: 'Made', cell: one => time(one.createdAt, 'day') },
          { label: 'Last used', cell: one => one.lastUsedAt ? time(one.lastUsedAt, 'ago') : html`<span class="muted">never</span>` },
          { label: 'What to do', unseen: true, cell: one => html`<span class="row">
            <button type="button" class="small" aria-label="Replace the key of ${one.label}" @click=${() => this.#replace(one)}>Replace</button>
            <button type="button" class="small" aria-label="Revoke the key of ${one.label}" @click=${() => this.#revoke(one)}>Revoke</button></span>` },
        ] })}
        ${this.adding ? this.#form() : html`<p><button type="button" @click=${() => { this.adding = true; }}>Make a key</button></p>`}`)}
    </div>`;
  }

  #form() {
    return html`<form class="card stack" aria-label="A new key" @submit=${this.#add}>
      ${field({ id: 'label', label: 'Owner', help: 'Who uses it: a team, a service', error: this.failure?.of?.('/label'), control: ({ id, describedBy }) =>
        html`<input id=${id} name="label" required maxlength="100" autocomplete="off" aria-describedby=${describedBy}>` })}
      <fieldset class="choices"><legend>Roles</legend>${ROLES.map(role => html`<label><input type="checkbox" name="roles" value=${role}>${role}</label>`)}</fieldset>
      <div class="row"><button class="primary">Make it</button><button type="button" @click=${() => { this.adding = false; }}>Cancel</button></div>
    </form>`;
  }

  #add = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    return this.#make({ label: form.get('label').trim(), roles: form.getAll('roles') });
  };

  #make(wanted) {
    return this.#tried(async () => {
      this.issued = await api.post(PATH, wanted);
      this.adding = false;
      await this.#all.run();
    });
  }

  async #replace(one) {
    const details = 'A second key with the same roles is made. The old one works until you revoke it: when it is not used any more.';
    if (await confirm({ title: `Replace the key of ${one.label}?`, details, action: 'Make the new key' })) {
      await this.#make({ label: one.label, roles: one.roles });
    }
  }

  async #revoke(one) {
    const details = html`Made ${time(one.createdAt)}, ${one.lastUsedAt ? html`last used ${time(one.lastUsedAt)}` : 'never used'}. Whoever uses it is refused at once.`;
    if (await confirm({ title: `Revoke the key of ${one.label}?`, details, action: 'Revoke', danger: true })) {
      await this.#tried(async () => {
        await api.delete(`${PATH}/${encodeURIComponent(one.id)}`);
        announce('Revoked.');
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

customElements.define('carillon-api-keys', ApiKeys);

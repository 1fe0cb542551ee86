import { LitElement, html, nothing } from 'lit';
import { Load } from '../app/page.js';
import { api } from '../app/api.js';
import { setQuery } from '../app/router.js';
import { field, problem } from '../app/components/index.js';
import { plural } from '../app/format.js';
import { style, unstyled } from './mail.js';

const PAUSE = 400;
const CUSTOMERS = [
  { id: 'alice', label: 'Alice Johnson', name: 'Alice Johnson' },
  { id: 'long', label: 'A long name', name: 'Maximiliane Hohenstein-Oberberg von der Weidenhöhe' },
  { id: 'cjk', label: '王小明', name: '王小明' },
  { id: 'none', label: 'No name known', name: null },
];

/** A message as a customer would read it, from the texts that are being written: channel × language × customer. */
class Preview extends LitElement {
  static properties = {
    type: { attribute: false }, channels: { attribute: false }, variables: { attribute: false }, files: { attribute: false }, layout: { attribute: false },
    channel: { attribute: false }, locale: { attribute: false }, customer: { state: true }, context: { state: true }, wrong: { state: true },
  };

  #shown = new Load(this, (signal, request) => (this.layout
    ? api.post(`/api/v1/layouts/${encodeURIComponent(this.layout)}/preview/${encodeURIComponent(this.type)}`, request, { signal })
    : api.post(`/api/v1/templates/${encodeURIComponent(this.type)}/preview`, request, { signal })));
  #timer = null;

  constructor() {
    super();
    this.customer = CUSTOMERS[0].id;
    this.context = null;
    this.wrong = '';
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('type')) {
      this.context = JSON.stringify(Object.fromEntries((this.variables ?? []).filter(one => one.example !== undefined).map(one => [one.name, one.example])), null, 2);
    }
    if (['type', 'files', 'channel', 'locale', 'customer', 'context', 'channels'].some(name => changed.has(name))) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#show(), changed.has('files') && this.#shown.value ? PAUSE : 0);
    }
  }

  get #channel() {
    return this.channels.find(one => one.channel === this.channel) ?? this.channels[0];
  }

  get #locale() {
    const { locales } = this.#channel;
    return locales.includes(this.locale) ? this.locale : locales[0];
  }

  #show() {
    let context;
    try {
      context = JSON.parse(this.context || '{}');
      this.wrong = '';
    } catch {
      this.wrong = 'This is not JSON.';
      return;
    }
    const { name } = CUSTOMERS.find(one => one.id === this.customer);
    this.#shown.run({
      channel: this.#channel.channel, locale: this.#locale, context, customer: name ? { name } : {},
      ...(this.layout ? { version: this.files } : { files: this.files }),
    });
  }

  render() {
    const { channels } = this;
    const select = (id, label, chosen, options, onChoose) => field({
      id, label, control: ({ id: own }) => html`<select id=${own} @change=${event => onChoose(event.target.value)}>
        ${options.map(one => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.label}</option>`)}</select>`,
    });
    return html`
      <section class="card" aria-labelledby="preview">
        <h2 id="preview">Preview</h2>
        <div class="choices">
          ${select('preview-channel', 'Channel', this.#channel.channel, channels.map(one => ({ id: one.channel, label: one.channel })), channel => setQuery({ channel }))}
          ${select('preview-locale', 'Language', this.#locale, this.#channel.locales.map(one => ({ id: one, label: one })), locale => setQuery({ locale }))}
          ${select('preview-customer', 'Customer', this.customer, CUSTOMERS, customer => { this.customer = customer; })}
        </div>
        <details><summary>Variables</summary>
          ${field({ id: 'preview-context', label: 'Variables as JSON', error: this.wrong, control: ({ id, describedBy }) =>
            html`<textarea class="context" id=${id} aria-describedby=${describedBy} spellcheck="false" .value=${this.context ?? ''}
              @input=${event => { this.context = event.target.value; }}></textarea>` })}
        </details>
        ${this.#shown.state === 'failed' ? problem(this.#shown.error) : nothing}
        ${this.#shown.value ? this.#message(this.#shown.value) : nothing}
      </section>`;
  }

  #message(message) {
    const { sms } = message;
    return html`
      <div class="stack" lang=${message.locale}>
        ${message.subject ? html`<p class="subject" data-part="subject">${message.subject}</p>` : nothing}
        ${message.html ? html`<iframe class="mail" sandbox="allow-same-origin" title="The mail as it would be read" srcdoc=${unstyled(message.html)}
          @load=${event => style(event.target, message.html)}></iframe>` : nothing}
        ${message.html
          ? html`<details><summary>As plain text</summary><p class="rendered" data-part="text">${message.text}</p></details>`
          : html`<p class="rendered" data-part="text">${message.text}</p>`}
      </div>
      <p class="small muted">${sms ? `${plural(sms.segments, 'segment')}, ${plural(sms.characters, 'character')} of ${sms.encoding}. ` : ''}${message.cut ? 'Shortened: the channel carries no more.' : ''}</p>`;
  }
}

customElements.define('carillon-preview', Preview);

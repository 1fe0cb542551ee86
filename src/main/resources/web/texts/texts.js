import { LitElement, html, nothing } from 'lit';
import { Load } from '../app/page.js';
import { api, ask } from '../app/api.js';
import { link, setQuery } from '../app/router.js';
import { badge, confirm, diff, field, problem, shown, table, tabs } from '../app/components/index.js';
import { plural, time, words } from '../app/format.js';
import { session } from '../app/session.js';
import { announce } from '../app/announce.js';
import { textCompletion } from './completion.js';
import '../rules/editor.js';
import './preview.js';

const PAUSE = 400;

/** The texts of a type, or the files of a layout: read, written, checked, previewed, compared, published. */
class Texts extends LitElement {
  static properties = {
    kind: { attribute: false }, name: { attribute: false }, file: { attribute: false }, tab: { attribute: false },
    channel: { attribute: false }, locale: { attribute: false },
    files: { state: true }, check: { state: true }, seen: { state: true }, refusal: { state: true }, working: { state: true }, draftTag: { state: true }, breaks: { state: true }, test: { state: true },
  };

  /** The texts that the draft has, as far as this page put it. */
  drafted = null;


  #inUse = new Load(this, async (signal, path) => {
    const { data, headers } = await ask('GET', path, { signal });
    return { ...data, tag: headers.get('ETag') };
  });
  #history = new Load(this, (signal, path) => api.get(`${path}/history`, { signal }));
  #sample = new Load(this, (signal, type) => api.get(`/api/v1/templates/${encodeURIComponent(type)}`, { signal }));
  #timer = null;
  #asked = null;

  constructor() {
    super();
    this.files = {};
    this.check = null;
    this.seen = null;
    this.refusal = null;
    this.working = false;
    this.draftTag = null;
    this.breaks = [];
    this.test = null;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  willUpdate(changed) {
    if (changed.has('kind') || changed.has('name')) {
      this.#open();
    }
    if (this.tab === 'history' && (changed.has('tab') || changed.has('name'))) {
      this.#history.run(this.#path);
    }
  }

  get #path() {
    return `/api/v1/${this.kind}/${encodeURIComponent(this.name)}`;
  }

  get #isLayout() {
    return this.kind === 'layouts';
  }

  get #mayWrite() {
    return session.can('admin');
  }

  async #open() {
    this.check = null;
    this.seen = null;
    this.refusal = null;
    this.draftTag = null;
    this.breaks = [];
    const inUse = await this.#inUse.run(this.#path);
    if (!inUse) {
      return;
    }
    this.files = { ...inUse.files };
    if (this.#isLayout && inUse.usedBy.length) {
      this.#sample.run(inUse.usedBy[0]);
    }
    if (this.#mayWrite) {
      await this.#openDraft();
    }
    this.#changed();
  }

  async #openDraft() {
    try {
      const { data, headers } = await ask('GET', `${this.#path}/draft`);
      this.files = { ...data.files };
      this.draftTag = headers.get('ETag');
      this.breaks = data.breaks ?? [];
    } catch (failure) {
      if (failure.status !== 404) {
        this.refusal = failure;
      }
    }
  }

  #edited(file, text) {
    this.files = { ...this.files, [file]: text };
    this.refusal = null;
    this.#changed();
  }

  #changed() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    if (!this.#isLayout) {
      this.#timer = setTimeout(() => this.#examine(this.files), PAUSE);
    }
  }

  async #examine(files) {
    const asked = (this.#asked = new AbortController());
    try {
      const found = await api.post(`${this.#path}/check`, { files }, { signal: asked.signal });
      if (asked === this.#asked) {
        this.check = { ...found, of: files };
      }
    } catch (failure) {
      if (!asked.signal.aborted) {
        this.refusal = failure;
      }
    }
  }

  #findingsOf(file) {
    return [...(this.check?.errors ?? []).map(one => ({ ...one, severity: 'error' })), ...(this.check?.warnings ?? []).map(one => ({ ...one, severity: 'warning' }))]
      .filter(one => one.file === file)
      .map(one => ({ ...one, line: one.line ?? 1, message: one.detail, length: one.variable ? one.variable.length + 1 : undefined }));
  }

  get #changedFiles() {
    const now = this.#inUse.value?.files ?? {};
    return [...new Set([...Object.keys(now), ...Object.keys(this.files)])].sort().filter(file => now[file] !== this.files[file]);
  }

  get #openFile() {
    return Object.hasOwn(this.files, this.file ?? '') ? this.file : Object.keys(this.files).find(file => file !== 'type.yaml') ?? Object.keys(this.files)[0];
  }

  render() {
    return html`
      <div class="page-head spread"><h1>${this.#isLayout ? `Layout ${this.name}` : this.name}</h1>
        ${this.draftTag ? badge('draft', { label: 'Draft' }) : nothing}</div>
      ${shown(this.#inUse, inUse => html`
        <p>${this.#isLayout ? 'The common part of texts.' : inUse.description} <span class="muted">${inUse.origin === 'api' ? html`Version ${inUse.version}, published ${time(inUse.publishedAt)}` : 'From files'}.${
          this.#isLayout ? html` Used by ${inUse.usedBy.map((type, at) => html`${at ? ', ' : ''}<a href=${link('templates', type)}>${type}</a>`)}.` : html` Category ${inUse.category}.`}</span></p>
        ${tabs({
          label: 'About the texts', chosen: this.tab, onChoose: tab => setQuery({ tab: tab === 'texts' ? null : tab }),
          items: [{ id: 'texts', label: 'Texts' }, { id: 'history', label: 'History' }],
          panel: this.tab === 'history' ? this.#past() : this.#texts(inUse),
        })}`)}`;
  }

  #texts(inUse) {
    const file = this.#openFile;
    if (file === undefined) {
      return nothing; // the draft is asked for
    }
    const findings = this.#findingsOf(file);
    const elsewhere = (this.check?.errors ?? []).filter(one => one.file !== file);
    return html`<div class="two">
      <div class="stack">
        <div class="files" role="group" aria-label="Files">${Object.keys(this.files).sort().map(one => {
          const wrong = (this.check?.errors ?? []).filter(found => found.file === one).length;
          return html`<button type="button" aria-pressed=${String(one === file)} @click=${() => this.#choose(one)}>${one}${
            wrong ? html` <span class="wrong" aria-label=${plural(wrong, 'error')}>${wrong}</span>` : nothing}</button>`;
        })}</div>
        <carillon-code-editor label=${`Text of ${file}${this.#mayWrite ? '' : ', for reading'}`} language=${file.endsWith('.yaml') ? 'yaml' : file.endsWith('.html') ? 'html' : 'text'}
          .value=${this.files[file] ?? ''} .readonly=${!this.#mayWrite} .findings=${findings} .complete=${textCompletion(inUse.variables ?? [])}
          @change=${event => this.#edited(file, event.detail.value)}></carillon-code-editor>
        ${this.#mayWrite ? html`<p class="small muted">Tab indents; Escape and then Tab leaves the editor.</p>${this.#adding(file)}` : nothing}
        ${findings.length || elsewhere.length ? html`<ul class="code-findings" aria-label="What was found">
          ${findings.map(one => html`<li class="code-finding" data-severity=${one.severity}><button type="button"
            @click=${() => this.querySelector('carillon-code-editor').goTo(one.line, one.column)}>Line ${one.line}${one.column ? `, column ${one.column}` : ''}</button> ${one.message}</li>`)}
          ${elsewhere.map(one => html`<li class="code-finding" data-severity="error"><button type="button" @click=${() => this.#choose(one.file)}>${one.file}${
            one.line ? `, line ${one.line}` : ''}</button> ${one.detail}</li>`)}</ul>` : nothing}
        ${this.breaks.length ? html`<div class="problem"><p class="problem-title">It breaks ${plural(this.breaks.length, 'type')}</p>
          <ul>${this.breaks.map(one => html`<li>${one.type}: ${one.file}${one.line ? `, line ${one.line}` : ''}: ${one.detail}</li>`)}</ul></div>` : nothing}
        ${this.refusal ? problem(this.refusal) : nothing}
        ${this.#mayWrite ? this.#publishing(inUse) : nothing}
      </div>
      <div class="stack">${this.#previewOf(inUse)}${this.#mayWrite && !this.#isLayout ? this.#testing(inUse) : nothing}</div>
    </div>`;
  }

  /** Opens a file, and shows what it is part of. */
  #choose(file) {
    const [, channel, , , locale] = /^([a-z][\w-]*)(\.subject)?(\.([A-Za-z-]+))?\.(?:txt|html)$/.exec(file) ?? [];
    setQuery(this.#isLayout || !channel ? { file } : { file, channel, locale: locale ?? null });
  }

  /** A translation is a file of its own: `sms.de.txt`. */
  #adding(file) {
    const add = event => {
      event.preventDefault();
      const name = new FormData(event.target).get('name').trim();
      if (name && !Object.hasOwn(this.files, name)) {
        this.#edited(name, '');
      }
      this.#choose(name);
      event.target.reset();
    };
    const remove = () => {
      const { [file]: gone, ...rest } = this.files;
      this.files = rest;
      this.#changed();
      setQuery({ file: null });
    };
    return html`<details><summary>Add or remove a file</summary>
      <form class="row" @submit=${add}>
        <label for="new-file">Name</label><input id="new-file" name="name" required placeholder="sms.de.txt" autocomplete="off" spellcheck="false">
        <button>Add</button>
        ${file === 'type.yaml' ? nothing : html`<button type="button" @click=${remove}>Remove ${file}</button>`}
      </form></details>`;
  }

  #previewOf(inUse) {
    if (!this.#isLayout) {
      return html`<carillon-preview .type=${this.name} .channels=${inUse.channels} .variables=${inUse.variables} .files=${this.files}
        .channel=${this.channel} .locale=${this.locale}></carillon-preview>`;
    }
    const sample = this.#sample.value;
    return sample ? html`<carillon-preview .type=${sample.type} .channels=${sample.channels} .variables=${sample.variables} .layout=${this.name}
      .files=${this.draftTag ? 'draft' : undefined} .channel=${this.channel} .locale=${this.locale}></carillon-preview>` : nothing;
  }

  #publishing(inUse) {
    const changed = this.#changedFiles;
    const wasSeen = this.seen === this.files;
    const ok = this.#isLayout ? this.breaks.length === 0 : this.check?.of === this.files && this.check.ok;
    return html`
      <div class="row">
        <button type="button" ?disabled=${changed.length === 0 || this.working} @click=${() => { this.seen = this.files; }}>Show the difference</button>
        ${this.#isLayout ? html`<button type="button" ?disabled=${changed.length === 0 || this.working} @click=${() => this.#saveDraft()}>Save as draft</button>` : nothing}
        <button type="button" class="primary" aria-describedby="publish-help" ?disabled=${changed.length === 0 || !wasSeen || !ok || this.working} @click=${() => this.#publish()}>Publish</button>
        ${this.draftTag ? html`<button type="button" @click=${() => this.#discard()}>Discard the draft</button>` : nothing}
        ${inUse.origin === 'api' ? html`<button type="button" class="danger" @click=${() => this.#reset(inUse)}>Back to the files</button>` : nothing}
      </div>
      <p id="publish-help" class="small muted">${changed.length === 0 ? 'Nothing is changed.' : !ok ? 'Texts with errors cannot be published.' : wasSeen ? 'You have seen what changes.' : 'Can be published when you have seen the difference of exactly these texts.'}</p>
      ${wasSeen && changed.length ? html`<section class="compared stack" aria-label="What changes">${changed.map(file => html`
        <h2>${file}</h2>${diff(inUse.files[file] ?? '', this.files[file] ?? '', `What changes in ${file}`)}`)}</section>` : nothing}`;
  }

  #testing(inUse) {
    const channel = inUse.channels.find(one => one.channel === this.channel) ?? inUse.channels[0];
    const send = event => {
      event.preventDefault();
      this.#test(channel.channel, new FormData(event.target).get('to').trim());
    };
    return html`<form class="card" aria-labelledby="test" @submit=${send}>
      <h2 id="test">Send a test</h2>
      ${field({ id: 'test-to', label: `Address, ${channel.channel}`, error: this.refusal?.of('/to'),
        help: 'Sent once, at once, as it is here; with a real provider it really goes out. Changes are saved as a draft first.',
        control: ({ id, describedBy }) => html`<input id=${id} name="to" required aria-describedby=${describedBy} autocomplete="off">` })}
      <button ?disabled=${this.working || this.check?.ok === false}>Send a test</button>
      ${this.test ? html`<p role="status" class="code-finding" data-severity=${this.test.sent ? 'none' : 'error'}>${this.test.sent
        ? `Taken by ${this.test.provider} for ${this.test.to}.` : `Not sent: ${this.test.detail}`}</p>` : nothing}
    </form>`;
  }

  async #test(channel, to) {
    this.test = null;
    await this.#work(async () => {
      if (this.#changedFiles.length && this.drafted !== this.files) {
        await this.#putDraft();
      }
      const { data } = await ask('POST', `${this.#path}/test`, { body: { channel, to, locale: this.locale, version: this.draftTag ? 'draft' : undefined } });
      this.test = data;
    }, 'The test is sent.');
  }

  async #work(doing, said) {
    this.working = true;
    this.refusal = null;
    try {
      await doing();
      announce(said);
    } catch (failure) {
      this.refusal = failure;
    } finally {
      this.working = false;
    }
  }

  async #putDraft() {
    const headers = this.draftTag ? { 'If-Match': this.draftTag } : { 'If-None-Match': '*' };
    const answer = await ask('PUT', `${this.#path}/draft`, { body: { files: this.files }, headers });
    this.draftTag = answer.headers.get('ETag');
    this.breaks = answer.data.breaks ?? [];
    this.drafted = this.files;
  }

  #saveDraft() {
    return this.#work(() => this.#putDraft(), 'The draft is saved.');
  }

  #publish() {
    return this.#work(async () => {
      await this.#putDraft();
      await ask('POST', `${this.#path}/publish`, { headers: { 'If-Match': this.draftTag } });
      await this.#open();
    }, `${this.name} is published.`);
  }

  #discard() {
    return this.#work(async () => {
      await ask('DELETE', `${this.#path}/draft`, { headers: { 'If-Match': this.draftTag } });
      await this.#open();
    }, 'The draft is discarded.');
  }

  async #reset(inUse) {
    if (await confirm({ title: `Use the files of ${this.name} again?`, action: 'Use the files', danger: true,
      details: html`<p>What is published stays in the history.</p>` })) {
      await this.#work(async () => {
        await ask('DELETE', this.#path, { headers: { 'If-Match': inUse.tag } });
        await this.#open();
      }, 'The files are in use again.');
    }
  }

  #past() {
    return shown(this.#history, changes => table({
      caption: 'History', rows: changes, key: change => change.at + change.change, none: 'Nothing was published through the API yet.',
      columns: [
        { label: 'When', main: true, cell: change => time(change.at) },
        { label: 'What', cell: change => words(change.change) },
        { label: 'Version', cell: change => change.version ?? 'files' },
        { label: 'By', cell: change => change.by },
        ...(this.#mayWrite ? [{ label: 'Use again', unseen: true, cell: change => (change.version
          ? html`<button type="button" class="small" @click=${() => this.#rollBack(change.version)}>Use ${change.version} again</button>` : nothing) }] : []),
      ],
    }));
  }

  async #rollBack(version) {
    if (await confirm({ title: `Use ${version} of ${this.name} again?`, action: 'Use it' })) {
      await this.#work(async () => {
        await ask('POST', `${this.#path}/rollback`, { body: { version }, headers: { 'If-Match': this.#inUse.value.tag } });
        await this.#open();
        await this.#history.run(this.#path);
      }, `${version} is in use again.`);
    }
  }
}

customElements.define('carillon-texts', Texts);

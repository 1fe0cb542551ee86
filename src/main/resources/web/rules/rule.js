import { LitElement, html, nothing } from 'lit';
import { Load } from '../app/page.js';
import { api, ask } from '../app/api.js';
import { link, navigate, setQuery } from '../app/router.js';
import { badge, confirm, diff, problem, shown, table, tabs } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import { session } from '../app/session.js';
import { announce } from '../app/announce.js';
import { ruleCompletion } from './completion.js';
import { listed } from './text.js';
import './editor.js';
import './what-if.js';

const PAUSE = 400;
const NEW = `id: my-rule
description: What it is for, in words a support agent can read out.
on: ordering.order-status-changed
when: event.data.newStatus == 'SHIPPED'
notify: { type: ORDER_SHIPPED }
once: "my-rule/\${event.data.orderId}"
`;

const pathOf = id => `/api/v1/rules/${encodeURIComponent(id)}`;

/** One rule: its text, what a change of it would have done, its history. `rule` is null for a new one. */
class Rule extends LitElement {
  static properties = {
    rule: { attribute: false }, version: { attribute: false }, tab: { attribute: false },
    text: { state: true }, findings: { state: true }, trial: { state: true }, refusal: { state: true }, saving: { state: true },
  };

  #loaded = new Load(this, async (signal, id, version) => {
    const { data, headers } = await ask('GET', pathOf(id), { signal, query: { version } });
    return { ...data, tag: headers.get('ETag') };
  });
  #history = new Load(this, (signal, id) => api.get(`${pathOf(id)}/history`, { signal }));
  #fields = new Map();
  #known = null;
  #timer = null;
  #asked = null;

  constructor() {
    super();
    this.text = '';
    this.findings = [];
    this.trial = { state: 'idle', of: null, run: null, error: null, id: null };
    this.refusal = null;
    this.saving = false;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  willUpdate(changed) {
    if (changed.has('rule') || changed.has('version')) {
      this.#open();
    }
    if (this.rule && (changed.has('tab') || changed.has('rule')) && this.tab === 'history') {
      this.#history.run(this.rule);
    }
  }

  async #open() {
    this.#forget();
    this.trial = { state: 'idle', of: null, run: null, error: null, id: null };
    this.findings = [];
    this.refusal = null;
    this.#learn();
    if (this.rule === null) {
      this.text = NEW;
      this.#changed(NEW);
    } else {
      const rule = await this.#loaded.run(this.rule, this.version);
      if (rule) {
        this.text = rule.yaml;
      }
    }
  }

  /** What the editor completes with; without it the editor still works. */
  async #learn() {
    try {
      const [schema, eventTypes, templates] = await Promise.all([
        api.get('/api/v1/rules/schema'), api.get('/api/v1/event-types'), api.get('/api/v1/templates')]);
      this.#known = ruleCompletion({ schema, eventTypes, templates, fieldsOf: type => this.#fieldsOf(type) });
      this.requestUpdate();
    } catch {
      this.#known = null;
    }
  }

  #fieldsOf(type) {
    if (!this.#fields.has(type)) {
      this.#fields.set(type, api.get(`/api/v1/event-types/${encodeURIComponent(type)}`)
        .then(schema => Object.entries(schema.properties ?? {}).map(([label, field]) => ({ label, detail: [field.type].flat().join(' or '), info: field.description })))
        .catch(() => []));
    }
    return this.#fields.get(type);
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#asked = null;
  }

  #changed(text) {
    this.#forget();
    this.text = text;
    this.refusal = null;
    this.trial = { ...this.trial, state: 'waiting', of: null, error: null };
    this.#timer = setTimeout(() => this.#try(text), PAUSE);
  }

  /** Checks the text, then runs it on the recorded past; a newer text ends both. */
  async #try(text) {
    const asked = (this.#asked = new AbortController());
    const { signal } = asked;
    const still = change => {
      if (asked === this.#asked) {
        this.trial = { ...this.trial, ...change };
      }
    };
    still({ state: 'checking' });
    try {
      const checked = await api.post('/api/v1/rules/validate', text, { type: 'application/yaml', signal });
      if (asked === this.#asked) {
        this.findings = (checked.warnings ?? []).map(one => ({ ...one, severity: 'warning', message: one.detail }));
      }
      still({ state: 'running', id: checked.id });
      const run = await api.post('/api/v1/rules/backtest',
        { onTopOfCurrent: true, rules: listed(text), latest: 2000, within: 'PT3S', samples: 10 }, { signal });
      still({ state: 'seen', of: text, run, error: run.report ? null : { title: 'It could not be run', message: run.failure } });
    } catch (failure) {
      if (signal.aborted) {
        return;
      }
      const broken = failure.status === 422 && failure.errors.some(one => one.line);
      if (broken && asked === this.#asked) {
        this.findings = failure.errors.map(one => ({ ...one, severity: 'error', message: one.detail }));
      }
      still({ state: broken ? 'broken' : 'failed', run: null, error: broken ? null : failure });
    }
  }

  get #wasSeen() {
    return this.trial.state === 'seen' && this.trial.of === this.text && Boolean(this.trial.run?.report);
  }

  get #mayWrite() {
    return session.can('admin') && !this.version;
  }

  render() {
    const title = this.rule ?? 'New rule';
    const loaded = this.#loaded.value;
    return html`
      <div class="page-head spread"><h1>${title}</h1>
        ${loaded && this.rule ? html`<div class="row">${badge(loaded.enabled ? 'enabled' : 'disabled', { label: loaded.enabled ? 'On' : 'Off' })}${this.#switches(loaded)}</div>` : nothing}</div>
      ${this.rule === null ? this.#text(null) : shown(this.#loaded, rule => html`
        <p>${rule.description} <span class="muted">Notifies <a href=${link('templates', rule.type)}>${rule.type}</a> by ${rule.channels.join(', ')}.
          Version <code>${rule.version}</code>, ${rule.origin === 'api' ? 'put through the API' : `from ${rule.file}`}${rule.since ? html`, since ${time(rule.since)}` : nothing}.</span></p>
        ${this.version && !rule.inForce ? html`<p class="code-finding" data-severity="warning">This is an earlier version. <a href=${link('rules', this.rule)}>Show the one in force</a></p>` : nothing}
        ${tabs({
          label: 'About the rule', chosen: this.tab, onChoose: tab => setQuery({ tab: tab === 'text' ? null : tab }),
          items: [{ id: 'text', label: 'Text and what if' }, { id: 'history', label: 'History' }],
          panel: this.tab === 'history' ? this.#past(rule) : this.#text(rule),
        })}`)}`;
  }

  #switches(rule) {
    if (!this.#mayWrite) {
      return nothing;
    }
    return html`
      <button type="button" @click=${() => this.#switch(!rule.enabled)}>${rule.enabled ? 'Switch off' : 'Switch on'}</button>
      ${rule.origin === 'api' ? html`<button type="button" class="danger" @click=${() => this.#remove(rule)}>Remove</button>` : nothing}`;
  }

  #text(rule) {
    const may = this.#mayWrite;
    return html`<div class="two">
      <div class="stack">
        <carillon-code-editor label=${may ? 'Text of the rule, YAML' : 'Text of the rule, YAML, for reading'} language="yaml" .value=${this.text}
          .readonly=${!may} .complete=${this.#known} .findings=${this.findings} @change=${event => this.#changed(event.detail.value)}></carillon-code-editor>
        ${may ? html`<p class="small muted">Ctrl+Space completes. Tab indents; Escape and then Tab leaves the editor.</p>` : nothing}
        ${this.findings.length ? html`<ul class="code-findings" aria-label="What was found">${this.findings.map(one => html`
          <li class="code-finding" data-severity=${one.severity}><button type="button" @click=${() => this.querySelector('carillon-code-editor').goTo(one.line, one.column)}>
            Line ${one.line}, column ${one.column}</button> ${one.message}</li>`)}</ul>` : nothing}
        ${this.refusal ? problem(this.refusal) : nothing}
        ${may ? this.#saves(rule) : nothing}
        ${rule && this.text !== rule.yaml ? html`<details><summary>Changes to the text</summary>${diff(rule.yaml, this.text, 'Changes to the text')}</details>` : nothing}
      </div>
      ${may ? html`<carillon-what-if .run=${this.trial.run} .state=${this.trial.state} .error=${this.trial.error} .rule=${this.trial.id ?? this.rule}></carillon-what-if>` : nothing}
    </div>`;
  }

  #saves(rule) {
    const changed = rule === null || this.text !== rule.yaml;
    const can = changed && this.#wasSeen && !this.saving;
    return html`<div class="row">
      <button type="button" class="primary" ?disabled=${!can} aria-describedby="save-help" @click=${() => this.#save(rule)}>Save and put in force</button>
      ${changed && rule ? html`<button type="button" @click=${() => this.#revert(rule)}>Discard changes</button>` : nothing}
      <span id="save-help" class="small muted">${!changed ? 'Nothing is changed.' : this.#wasSeen ? 'You have seen what it changes.' : 'Can be saved when you have seen what exactly this text would have changed.'}</span>
    </div>`;
  }

  #revert(rule) {
    this.#forget();
    this.text = rule.yaml;
    this.findings = [];
    this.trial = { state: 'idle', of: null, run: null, error: null, id: null };
  }

  async #save(rule) {
    const id = this.trial.id;
    this.saving = true;
    this.refusal = null;
    try {
      await ask('PUT', pathOf(rule ? rule.id : id), {
        body: this.text, type: 'application/yaml', headers: rule ? { 'If-Match': rule.tag } : { 'If-None-Match': '*' },
      });
      announce(`Rule ${id} is in force.`);
      if (rule) {
        await this.#open();
      } else {
        navigate(link('rules', id));
      }
    } catch (failure) {
      this.refusal = failure;
    } finally {
      this.saving = false;
    }
  }

  async #switch(on) {
    try {
      await ask('POST', `${pathOf(this.rule)}/${on ? 'enable' : 'disable'}`, { headers: { 'If-Match': this.#loaded.value.tag } });
      announce(`Rule ${this.rule} is switched ${on ? 'on' : 'off'}.`);
      this.#loaded.again();
    } catch (failure) {
      this.refusal = failure;
    }
  }

  async #remove(rule) {
    const wanted = await confirm({
      title: `Remove rule ${rule.id}?`, action: 'Remove', danger: true,
      details: rule.file ? html`<p>The rule in ${rule.file} is in force again.</p>` : html`<p>Nobody is notified by it any more. Its versions stay in the history.</p>`,
    });
    if (!wanted) {
      return;
    }
    try {
      await ask('DELETE', pathOf(rule.id), { headers: { 'If-Match': rule.tag } });
      announce(`Rule ${rule.id} is removed.`);
      navigate('/rules');
    } catch (failure) {
      this.refusal = failure;
    }
  }

  #past(rule) {
    return shown(this.#history, changes => table({
      caption: 'History', rows: changes, key: change => change.at + change.change,
      columns: [
        { label: 'When', main: true, cell: change => time(change.at) },
        { label: 'What', cell: change => words(change.change) },
        { label: 'Version', cell: change => (change.version
          ? html`<a href=${`${link('rules', rule.id)}?version=${encodeURIComponent(change.version)}`}><code>${change.version}</code></a>` : '–') },
        { label: 'By', cell: change => change.by ?? change.file ?? 'file' },
      ],
    }));
  }
}

customElements.define('carillon-rule', Rule);

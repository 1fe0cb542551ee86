import { Page, Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { link } from '../app/router.js';
import { badge, shown, table } from '../app/components/index.js';
import { time } from '../app/format.js';
import { session } from '../app/session.js';
import './rules.css';
import './rule.js';

/** All rules in force; one of them to read, change and try. */
class Rules extends Page {
  #rules = new Load(this, signal => api.get('/api/v1/rules', { signal }));

  get pageTitle() {
    const [id] = this.location?.segments ?? [];
    return id === undefined ? 'Rules' : id === 'new' ? 'New rule' : `Rule ${id}`;
  }

  willUpdate(changed) {
    if (changed.has('location') && this.location.segments.length === 0) {
      this.#rules.run();
    }
  }

  render() {
    const [id] = this.location.segments;
    return id === undefined
      ? this.#list()
      : html`<carillon-rule .rule=${id === 'new' ? null : id} .version=${this.location.query.get('version')}
          .tab=${this.location.query.get('tab') ?? 'text'}></carillon-rule>`;
  }

  #list() {
    return html`
      <div class="page-head spread"><h1>Rules</h1>${session.can('admin') ? html`<a class="button primary" href=${link('rules', 'new')}>New rule</a>` : nothing}</div>
      <p class="muted">Who is notified of what when an event happens. In the order of evaluation.</p>
      ${shown(this.#rules, rules => table({
        caption: 'Rules in force', rows: rules, key: rule => rule.id, none: 'There are no rules.',
        columns: [
          { label: 'Rule', main: true, cell: rule => html`<a href=${link('rules', rule.id)}>${rule.id}</a><div class="muted small rule-what">${rule.description}</div>` },
          { label: 'State', cell: rule => badge(rule.enabled ? 'enabled' : 'disabled', { label: rule.enabled ? 'On' : 'Off' }) },
          { label: 'On', cell: rule => rule.on.map(type => html`<div><code>${type}</code></div>`) },
          { label: 'Notifies', cell: rule => html`<a href=${link('templates', rule.type)}><code>${rule.type}</code></a>` },
          { label: 'Channels', cell: rule => rule.channels.join(', ') },
          { label: 'From', cell: rule => (rule.origin === 'api' ? 'API' : rule.file) },
          { label: 'Since', cell: rule => time(rule.since, 'day') },
        ],
      }))}`;
  }
}

customElements.define('carillon-rules', Rules);
export default 'carillon-rules';

import { LitElement, html, nothing } from 'lit';
import { link } from '../app/router.js';
import { problem } from '../app/components/index.js';
import { count, plural, time } from '../app/format.js';

const KINDS = [
  { kind: 'added', of: 'added', label: 'added', said: 'would also be sent' },
  { kind: 'removed', of: 'removed', label: 'removed', said: 'would not be sent any more' },
  { kind: 'moved', of: 'movedInTime', label: 'moved in time', said: 'at another time' },
  { kind: 'reworded', of: 'changedText', label: 'reworded', said: 'with another text' },
];

/** What a rule that is being written would have changed: the report of a short backtest. */
class WhatIf extends LitElement {
  static properties = {
    run: { attribute: false }, state: { attribute: false }, error: { attribute: false }, rule: { attribute: false },
  };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <section class="card" aria-labelledby="what-if">
        <h2 id="what-if">What if?</h2>
        <div role="status" class="small muted" data-state=${this.state}>${this.#said()}</div>
        ${this.error ? problem(this.error) : nothing}
        ${this.run?.report ? this.#report(this.run) : nothing}
      </section>`;
  }

  #said() {
    switch (this.state) {
      case 'waiting': return 'Tried as soon as you pause.';
      case 'checking': return 'Checking…';
      case 'running': return 'Running it on recorded events…';
      case 'broken': return 'A rule with errors cannot be tried.';
      case 'seen': return 'This is the difference to what was sent. Nothing was sent or stored.';
      default: return 'Change the rule, and see whom it would have notified.';
    }
  }

  #report({ report, cut, events }) {
    const own = report.coverage.find(one => one.ruleId === this.rule);
    return html`
      ${own ? html`<p class="say coverage">${own.sentence}</p>` : nothing}
      <ul class="changes">${KINDS.map(({ kind, of, label }) => html`
        <li data-kind=${kind} ?data-some=${report[of] > 0}><b>${count(report[of])}</b> ${label}</li>`)}</ul>
      <p class="small muted">${plural(report.told.then, 'message')} then, ${count(report.told.now)} with this rule; ${plural(events, 'event')} run${cut ? `: ${cut}` : ''}.</p>
      ${KINDS.map(one => this.#samples(one, report))}`;
  }

  #samples({ kind, of, label, said }, report) {
    const samples = report.samples[of];
    if (samples.length === 0) {
      return nothing;
    }
    const title = samples.length < report[of] ? `${samples.length} of ${count(report[of])} ${label}` : `${count(report[of])} ${label}`;
    return html`<details open><summary>${title} <span class="muted">(${said})</span></summary>
      ${samples.map(sample => html`<div class="sample" data-kind=${kind}>
        <p><a href=${link('customers', sample.customerId ?? '')}>${sample.customerId ?? 'nobody'}</a>
          after <a href=${link('events', sample.eventId)}>${sample.eventId}</a>, rule ${sample.ruleId}</p>
        ${kind === 'moved' ? html`<p class="small">${time(sample.then)} → ${time(sample.now)}</p>` : nothing}
        ${kind === 'moved' ? nothing : words(sample, kind)}
      </div>`)}</details>`;
  }
}

function words(sample, kind) {
  const channels = [...new Set([...Object.keys(sample.wordsThen ?? {}), ...Object.keys(sample.wordsNow ?? {})])];
  return channels.map(channel => html`<div class="side-by-side">
    ${kind === 'added' ? nothing : said(`${channel}, then`, sample.wordsThen?.[channel])}
    ${kind === 'removed' ? nothing : said(`${channel}, ${kind === 'added' ? 'would be sent' : 'now'}`, sample.wordsNow?.[channel])}
  </div>`);
}

function said(label, one) {
  return html`<div><p class="small muted">${label}</p><div class="said">${one
    ? html`${one.subject ? html`<b>${one.subject}</b>` : nothing}${one.text}${one.cut ? html` <i>(${one.cut})</i>` : nothing}`
    : 'nothing'}</div></div>`;
}

customElements.define('carillon-what-if', WhatIf);

import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { badge, ladder, shown } from '../app/components/index.js';
import { plural, time, words } from '../app/format.js';
import { readOut } from './read-out.js';

/** A notification: what it said on each channel, as it was sent, and the gates it passed or did not. */
class Message extends LitElement {
  static properties = { trackingId: { attribute: false }, back: { attribute: false } };

  #asked = null;
  #messages = new Load(this, (signal, id) => api.get(`/api/v1/notifications/${encodeURIComponent(id)}/messages`, { signal }));
  #decisions = new Load(this, (signal, id) => api.get(`/api/v1/notifications/${encodeURIComponent(id)}/decisions`, { signal }));

  createRenderRoot() {
    return this;
  }

  async willUpdate() {
    if (this.trackingId !== this.#asked) {
      this.#asked = this.trackingId;
      this.#decisions.run(this.trackingId);
      if (await this.#messages.run(this.trackingId)) {
        await this.updateComplete;
        this.querySelector('h2')?.focus();
      }
    }
  }

  render() {
    return html`
      <section class="card" aria-labelledby="message-title">
        ${shown(this.#messages, all => html`
          <div class="spread">
            <h2 id="message-title" tabindex="-1">${words(all.type)}</h2>
            <button type="button" class="quiet small" @click=${this.back}>Close</button>
          </div>
          ${this.#why()}
          ${all.messages.map(one => this.#message(all, one))}`)}
      </section>`;
  }

  #why() {
    return shown(this.#decisions, all => html`
      ${all.verdict === 'told' ? nothing : readOut(all.sentence)}
      ${all.channels.some(one => one.gate) ? html`<ul>${all.channels.filter(one => one.gate).map(one => html`
        <li><b>${words(one.channel)}</b>: ${one.sentence} <span class="muted">(${one.gate}${one.detail ? html`: ${one.detail}` : nothing})</span></li>`)}</ul>` : nothing}
      <details ?open=${all.verdict === 'not-told'}>
        <summary>${all.verdict === 'told' ? 'What it passed' : 'What was asked'}</summary>
        ${all.decisions.map(one => ladder(one.gates, { label: `What was asked at ${new Date(one.decidedAt).toLocaleString()}` }))}
      </details>`);
  }

  #message(all, one) {
    const title = `message-${one.deliveryId}`;
    return html`
      <section class="message-sent stack" aria-labelledby=${title}>
        <div class="spread"><h3 id=${title}>${words(one.channel)} ${badge(one.status)}</h3>
          <span class="muted small">${one.sentAt ? html`taken by ${one.provider} at ${time(one.sentAt)}` : nothing}</span></div>
        <dl class="facts">
          <dt>To</dt><dd>${one.recipient ?? '–'}</dd>
          ${one.subject ? html`<dt>Subject</dt><dd>${one.subject}</dd>` : nothing}
          ${one.providerMessageId ? html`<dt>Provider’s id</dt><dd><code>${one.providerMessageId}</code></dd>` : nothing}
          ${one.sms ? html`<dt>Counted as</dt><dd>${plural(one.sms.segments, 'message')} of ${one.sms.encoding}, ${plural(one.sms.characters, 'character')}</dd>` : nothing}
        </dl>
        ${one.erased
          ? html`<p class="empty">The customer was erased, and the text with them.</p>`
          : html`
            ${one.text ? html`<pre class="said" tabindex="0" role="region" aria-label="Text">${one.text}</pre>` : nothing}
            ${one.hasHtml ? html`<iframe class="html" sandbox="" referrerpolicy="no-referrer" loading="lazy" title="HTML of the ${one.channel}"
              src="/api/v1/notifications/${all.trackingId}/messages/${one.deliveryId}/html"></iframe>` : nothing}`}
      </section>`;
  }
}

customElements.define('carillon-message', Message);

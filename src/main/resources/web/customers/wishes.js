import { LitElement } from 'lit';
import { Load, html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { badge, shown, table } from '../app/components/index.js';
import { words } from '../app/format.js';

const wanted = value => value === undefined || value === null ? html`<span class="muted">as usual</span>` : badge(value ? 'yes' : 'no', { tone: value ? 'good' : 'bad' });

/** What a customer wants to hear, and when not. */
class Wishes extends LitElement {
  static properties = { customerId: { attribute: false } };

  #asked = null;
  #preferences = new Load(this, (signal, id) => api.get(`/api/v1/preferences/${encodeURIComponent(id)}`, { signal }));

  createRenderRoot() {
    return this;
  }

  willUpdate() {
    if (this.customerId !== this.#asked) {
      this.#asked = this.customerId;
      this.#preferences.run(this.customerId);
    }
  }

  render() {
    return shown(this.#preferences, said => {
      const choices = said.preferences ?? {};
      const channels = [...new Set([...Object.keys(said.channels ?? {}), ...Object.values(choices).flatMap(Object.keys)])].sort();
      const categories = [...new Set([...Object.keys(choices), ...Object.keys(said.categories ?? {})])].sort();
      const quiet = [said.quietHours ?? []].flat();
      return html`
        <div class="stack">
          ${said.optedOut ? html`<p class="problem">They want to hear nothing but what is mandatory.</p>` : nothing}
          <dl class="facts card">
            <dt>Quiet hours</dt><dd>${quiet.length ? quiet.map(one => `${one.start}–${one.end}`).join(', ') : 'none'}</dd>
            <dt>Time zone</dt><dd>${said.timeZone ?? 'not said'}</dd>
            <dt>Language</dt><dd>${said.locale ?? 'not said'}</dd>
            <dt>At most</dt><dd>${said.frequencyCap ? `${said.frequencyCap.max} per ${said.frequencyCap.per}` : 'as many as the service allows'}</dd>
          </dl>
          ${table({
            caption: 'What they want, by category and channel',
            rows: categories.length || channels.length ? [null, ...categories] : [],
            key: one => one ?? '*',
            none: 'They have chosen nothing: the categories’ defaults count.',
            columns: [
              { label: 'Category', main: true, cell: one => one === null ? 'Everything else' : words(one) },
              { label: 'Any channel', cell: one => wanted(one === null ? null : said.categories?.[one]) },
              ...channels.map(channel => ({ label: words(channel), cell: one => wanted(one === null ? said.channels?.[channel] : choices[one]?.[channel]) })),
            ],
          })}
        </div>`;
    });
  }
}

customElements.define('carillon-wishes', Wishes);

import { Page, Load, html } from '../app/page.js';
import { api } from '../app/api.js';
import { link } from '../app/router.js';
import { shown, table } from '../app/components/index.js';
import './templates.css';
import './texts.js';

/** All notification types and layouts; one of them to read, change, preview and publish. */
class Templates extends Page {
  #types = new Load(this, signal => api.get('/api/v1/templates', { signal }));
  #layouts = new Load(this, signal => api.get('/api/v1/layouts', { signal }));

  get pageTitle() {
    const [kind, name] = this.location?.segments ?? [];
    return kind === undefined ? 'Templates' : name ? `Layout ${name}` : kind;
  }

  willUpdate(changed) {
    if (changed.has('location') && this.location.segments.length === 0) {
      this.#types.run();
      this.#layouts.run();
    }
  }

  render() {
    const [kind, name] = this.location.segments;
    if (kind === undefined) {
      return this.#list();
    }
    const { query } = this.location;
    return html`<carillon-texts .kind=${name ? 'layouts' : 'templates'} .name=${name ?? kind} .file=${query.get('file')}
      .channel=${query.get('channel')} .locale=${query.get('locale')} .tab=${query.get('tab') ?? 'texts'}></carillon-texts>`;
  }

  #list() {
    return html`
      <div class="page-head"><h1>Templates</h1></div>
      <div class="stack">
        ${shown(this.#types, types => table({
          caption: 'Notification types', rows: types, key: type => type.type,
          columns: [
            { label: 'Type', main: true, cell: type => html`<a href=${link('templates', type.type)}>${type.type}</a><div class="muted small what">${type.description}</div>` },
            { label: 'Category', cell: type => type.category },
            { label: 'Channels', cell: type => type.channels.map(one => html`<div>${one.channel} <span class="muted">${one.locales.join(', ')}</span></div>`) },
            { label: 'From', cell: type => (type.origin === 'api' ? `API, ${type.version}` : 'files') },
          ],
        }))}
        <h2>Layouts</h2>
        ${shown(this.#layouts, layouts => table({
          caption: 'Layouts', rows: layouts, key: layout => layout.layout, none: 'There are no layouts.',
          columns: [
            { label: 'Layout', main: true, cell: layout => html`<a href=${link('templates', '_layout', layout.layout)}>${layout.layout}</a>` },
            { label: 'From', cell: layout => (layout.origin === 'api' ? `API, ${layout.version}` : 'files') },
            { label: 'Used by', cell: layout => layout.usedBy.map((type, at) => html`${at ? ', ' : ''}<a href=${link('templates', type)}>${type}</a>`) },
          ],
        }))}
      </div>`;
  }
}

customElements.define('carillon-templates', Templates);
export default 'carillon-templates';

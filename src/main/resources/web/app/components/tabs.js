import { html } from 'lit';

/**
 * Tabs as the ARIA pattern has them: arrow keys move, one tab stop.
 *
 * @param items `[{id, label, badge?}]`
 * @param chosen the id of the one that is shown
 * @param onChoose gets the id; keep it in the address with `setQuery`
 * @param panel what is shown below
 */
export function tabs({ label, items, chosen, onChoose, panel }) {
  const keys = event => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const at = items.findIndex(item => item.id === chosen);
    const to = Math.abs(step) === 1 ? (at + step + items.length) % items.length : step < 0 ? 0 : items.length - 1;
    const list = event.currentTarget;
    onChoose(items[to].id);
    requestAnimationFrame(() => list.querySelectorAll('[role=tab]')[to]?.focus());
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} @keydown=${keys}>
      ${items.map(item => html`<button type="button" role="tab" id="tab-${item.id}" aria-controls="panel-${item.id}"
        aria-selected=${String(item.id === chosen)} tabindex=${item.id === chosen ? 0 : -1} @click=${() => onChoose(item.id)}>
        ${item.label}${item.badge ? html` <span class="count">${item.badge}</span>` : ''}</button>`)}
    </div>
    <div class="panel" role="tabpanel" id="panel-${chosen}" aria-labelledby="tab-${chosen}" tabindex="0">${panel}</div>`;
}

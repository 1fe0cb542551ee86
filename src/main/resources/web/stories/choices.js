import { html } from '../app/page.js';
import { field } from '../app/components/index.js';

/** Faults by the name the service has for them, with their remedies, as `Fault` has them. */
const FAULTS = {
  'caller-dies': ['The caller dies between its commit and its call', ['none', 'retry', 'outbox']],
  'call-times-out': ['The call is taken, its answer is lost', ['none', 'retry', 'key', 'outbox']],
  'event-twice': ['Every fact comes twice', ['none', 'key']],
  'event-late': ['The first fact comes late', ['none']],
  'out-of-order': ['The facts come in the wrong order', ['none']],
  'service-unreachable': ['The service is down when it is called', ['none', 'retry', 'outbox']],
  'service-restarts': ['The service dies while it works', ['none', 'retry', 'outbox']],
  'rule-wrong': ['The rule is wrong, and is put right', ['none', 'again']],
  'preference-changes': ['A preference changes in between', ['none']],
};

const REMEDIES = {
  none: 'nothing',
  retry: 'a failed call is made again',
  key: '… and has a key or an id',
  outbox: '… and waits in an outbox',
  again: 'what is recorded is handled again',
};

const LATENCIES = ['0', '1', '5', '20'];

export const titleOf = fault => FAULTS[fault]?.[0] ?? fault;

/**
 * What breaks, what is done against it, and how far the service is away.
 *
 * @param known the scenario, which says what can break in it
 * @param onChoose gets `{fault, remedy, latency}`
 */
export function choices({ known, query, busy, onChoose }) {
  const fault = query.get('fault') ?? '';
  const remedies = FAULTS[fault]?.[1] ?? ['none'];
  const chosen = event => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const breaks = form.get('fault');
    const remedy = (FAULTS[breaks]?.[1] ?? []).includes(form.get('remedy')) ? form.get('remedy') : 'none';
    onChoose({ fault: breaks, remedy: breaks ? remedy : null, latency: form.get('latency') === '0' ? null : form.get('latency') });
  };
  const narrowed = event => event.currentTarget.form.requestSubmit();
  return html`
    <form class="card story-choices" @submit=${chosen} aria-label="How the story is told">
      ${field({ id: 'fault', label: 'What breaks', control: ({ id }) => html`
        <select id=${id} name="fault" @change=${narrowed}>
          <option value="" ?selected=${fault === ''}>Nothing</option>
          ${(known?.faults ?? Object.keys(FAULTS)).map(one => html`<option value=${one} ?selected=${one === fault}>${titleOf(one)}</option>`)}
        </select>` })}
      ${field({ id: 'remedy', label: 'What is done against it', control: ({ id }) => html`
        <select id=${id} name="remedy" ?disabled=${fault === ''} @change=${narrowed}>
          ${remedies.map(one => html`<option value=${one} ?selected=${one === (query.get('remedy') ?? 'none')}>${REMEDIES[one]}</option>`)}
        </select>` })}
      ${field({ id: 'latency', label: 'Network latency', control: ({ id }) => html`
        <select id=${id} name="latency" @change=${narrowed}>
          ${LATENCIES.map(one => html`<option value=${one} ?selected=${one === (query.get('latency') ?? '0')}>${one} ms</option>`)}
        </select>` })}
      <button type="submit" ?disabled=${busy}>${busy ? 'Telling…' : 'Tell it again'}</button>
    </form>`;
}

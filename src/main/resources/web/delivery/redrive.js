import { html, nothing } from '../app/page.js';
import { api } from '../app/api.js';
import { announce } from '../app/announce.js';
import { confirm } from '../app/components/index.js';
import { count, plural, words } from '../app/format.js';

const PATH = '/api/v1/dead-letters/redrive';
const MOST = 1_000;

/** `480 go, 20 have expired`, as the service found it. */
export function sentence({ expired, rehearsal }) {
  return `${count(rehearsal.go)} ${rehearsal.go === 1 ? 'goes' : 'go'}, ${count(expired)} ${expired === 1 ? 'has' : 'have'} expired`;
}

/** What stands in the way of the others, a line each. */
function others({ more, rehearsal }) {
  const lines = [
    rehearsal.circuitOpen ? `${count(rehearsal.circuitOpen)} of these wait for an open circuit` : '',
    ...Object.entries(rehearsal.waiting).map(([code, amount]) => `${count(amount)} would wait: ${words(code)}`),
    ...Object.entries(rehearsal.refused).map(([code, amount]) => `${count(amount)} would not be sent: ${words(code)}`),
    rehearsal.erased ? `${plural(rehearsal.erased, 'belongs', 'belong')} to erased customers` : '',
    more ? `More match: this is about the oldest ${count(MOST)}` : '',
  ].filter(Boolean);
  return lines.length ? html`<ul class="rehearsed">${lines.map(line => html`<li>${line}</li>`)}</ul>` : nothing;
}

/**
 * Rehearses a redrive, asks, and does it.
 *
 * @returns the redrive's id; null when nothing was done
 */
export async function redrive(filter) {
  const rehearsed = await api.post(PATH, { ...filter, limit: MOST, dryRun: true });
  const wanted = await confirm({
    title: rehearsed.count === 0 ? 'Nothing would go' : `Redrive ${plural(rehearsed.count, 'delivery', 'deliveries')}?`,
    details: html`<p><strong class="sentence">${sentence(rehearsed)}.</strong></p>${others(rehearsed)}`,
    action: rehearsed.count === 0 ? 'Close' : 'Redrive',
  });
  if (!wanted || rehearsed.count === 0) {
    return null;
  }
  const done = await api.post(PATH, { ...filter, limit: MOST });
  announce(`${plural(done.count, 'delivery is', 'deliveries are')} in the outbox again.`);
  return done.redriveId ?? null;
}

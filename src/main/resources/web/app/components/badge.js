import { html, nothing } from 'lit';
import { words } from '../format.js';

const TONES = {
  good: ['sent', 'delivered', 'notified', 'told', 'passed', 'closed', 'enabled', 'active', 'published', 'taken'],
  bad: ['dead-lettered', 'dead', 'bounced', 'complained', 'failed', 'open', 'refused', 'revoked'],
  warn: ['retrying', 'retry', 'deferred', 'half-open', 'expired', 'held', 'draft', 'unknown'],
  busy: ['queued', 'sending', 'accepted', 'waiting', 'pending'],
};

const toneOf = status => Object.keys(TONES).find(tone => TONES[tone].includes(status)) ?? 'plain';

/** A status as a chip: `badge('dead-lettered')`. The tone follows from it, unless one is named: good, bad, warn, busy, plain. */
export function badge(status, { tone = toneOf(status), label = words(status) } = {}) {
  return status ? html`<span class="badge" data-tone=${tone}>${label}</span>` : nothing;
}

/** A reason code for people, the code itself on hover: `Category off`. */
export function reason(code) {
  return code ? html`<span class="reason" title=${code}>${words(code)}</span>` : nothing;
}

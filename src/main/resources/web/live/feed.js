import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { badge, empty, loading, reason } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import { link } from '../app/router.js';

const KEPT = 200;
const SHOWN_EVERY = 250;

export const KINDS = [
  { id: 'all', label: 'All' },
  { id: 'event', label: 'Events' },
  { id: 'decision', label: 'Decisions' },
  { id: 'delivery', label: 'Sends' },
];

/** The latest items, newest first, each once. A storm of them is shown four times a second. */
export class Feed {
  #items = new Map();
  #held = [];
  #holds = false;
  #changed;
  #timer = null;
  left = null;

  constructor(changed) {
    this.#changed = changed;
  }

  get isEmpty() {
    return this.#items.size === 0;
  }

  get waiting() {
    return this.#held.length;
  }

  /** Oldest first, as they come. */
  add(items) {
    if (this.#holds) {
      this.#held = [...this.#held, ...items].slice(-KEPT);
    } else {
      for (const item of items) {
        this.#items.set(item.key, item);
      }
      for (const key of [...this.#items.keys()].slice(0, Math.max(0, this.#items.size - 2 * KEPT))) {
        this.#items.delete(key);
      }
    }
    this.#show();
  }

  skipped(why) {
    this.left = why ?? 'busy';
    this.#show();
  }

  hold(holds) {
    this.#holds = holds;
    if (!holds) {
      this.add(this.#held.splice(0));
    }
  }

  newest(kind) {
    return [...this.#items.values()]
      .filter(item => kind === 'all' || item.kind === kind)
      .sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
      .slice(0, KEPT);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #show() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#changed();
    }, SHOWN_EVERY);
  }
}

const LEFT = {
  busy: 'More happens than can be shown: some of it was left out.',
  slow: 'This connection did not keep up: some of it was left out.',
};

export function feed(items, kind, isLoading) {
  const shown = items.newest(kind);
  if (shown.length === 0) {
    return isLoading ? loading() : empty('Nothing has happened yet.');
  }
  return html`
    ${items.waiting ? html`<p class="feed-note">${items.waiting} more since it was paused.</p>` : nothing}
    ${items.left ? html`<p class="feed-note">${LEFT[items.left]}</p>` : nothing}
    <ol class="feed" aria-label="Activity, newest first" tabindex="0">
      ${repeat(shown, item => item.key, item => html`<li data-kind=${item.kind}>${time(item.at, 'clock')}${ROWS[item.kind](item[item.kind])}</li>`)}
    </ol>`;
}

const VERDICTS = {
  notify: { label: 'Notified', tone: 'good' },
  suppress: { label: 'Suppressed', tone: 'warn' },
  ignore: { label: 'Not notified', tone: 'plain' },
  defer: { label: 'Deferred', tone: 'busy' },
  digest: { label: 'Collected', tone: 'busy' },
};

const customer = id => (id ? html` for <a href=${link('customers', id)}>${id}</a>` : nothing);

const ROWS = {
  event: event => html`
    <span class="feed-kind">Event</span>
    <span class="feed-what"><a href=${link('events', event.id)}>${event.type}</a>
      ${event.subject ? html`<span class="muted">${event.subject}</span>` : nothing}</span>`,
  decision: decision => html`
    <span class="feed-kind">Decision</span>
    <span class="feed-what"><a href=${storyOf(decision)}>${decision.notificationType ? words(decision.notificationType) : decision.ruleId ?? 'Decision'}</a>${customer(decision.customerId)}
      ${decision.sentence ? html`<span class="feed-why">${decision.sentence}</span>` : nothing}</span>
    ${badge(decision.verdict, VERDICTS[decision.verdict])}`,
  delivery: delivery => html`
    <span class="feed-kind">Send</span>
    <span class="feed-what"><a href=${notification(delivery)}>${words(delivery.notificationType)}</a> by ${delivery.channel}${customer(delivery.customerId)}
      ${delivery.failure ? html`<span class="feed-why">${reason(delivery.failure)} at ${delivery.provider}</span>` : nothing}</span>
    ${badge(delivery.outcome)}`,
};

const notification = one => `${link('customers', one.customerId)}?notification=${encodeURIComponent(one.notificationId)}`;

/** A decision's story: the notification that came of it, else the gates it was asked at, else its event. */
function storyOf(decision) {
  if (decision.notificationId && decision.customerId) {
    return notification(decision);
  }
  if (decision.eventId && decision.customerId) {
    return `${link('customers', decision.customerId)}?tab=why&event=${encodeURIComponent(decision.eventId)}`;
  }
  return decision.eventId ? link('events', decision.eventId) : link('customers', decision.customerId ?? '');
}

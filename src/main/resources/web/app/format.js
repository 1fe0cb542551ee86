import { html, nothing } from 'lit';

const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const number = new Intl.NumberFormat();
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** A point in time in the reader's zone; the whole of it on hover. `style`: `both` (default), `clock`, `day`, `ago`. */
export function time(at, style = 'both') {
  if (!at) {
    return nothing;
  }
  const date = new Date(at);
  return html`<time datetime=${date.toISOString()} title=${full.format(date)}>${textOf(date, style)}</time>`;
}

function textOf(date, style) {
  switch (style) {
    case 'clock': return clock.format(date);
    case 'day': return day.format(date);
    case 'ago': return ago(date);
    default: return isToday(date) ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
  }
}

function isToday(date) {
  return date.toDateString() === new Date().toDateString();
}

/** `5 minutes ago`, `in 2 days`. */
export function ago(at) {
  const seconds = (new Date(at).getTime() - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return relative.format(Math.round(seconds / size), unit);
}

/** `1,234`. */
export const count = value => number.format(value ?? 0);

/** `{count, more}` as the API counts where it stops at a limit: `10,000+`. */
export const bounded = one => count(one?.count) + (one?.more ? '+' : '');

/** Seconds for people: `0.4 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return '–';
  }
  if (seconds < 10) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  const whole = Math.round(seconds);
  const parts = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]]
    .map(([unit, size], at, all) => [Math.floor((at ? whole % all[at - 1][1] : whole) / size), unit])
    .filter(([amount]) => amount > 0);
  return parts.slice(0, 2).map(part => part.join(' ')).join(' ');
}

/** `dead-lettered` → `Dead-lettered`, `NOT_IN_AUDIENCE` → `Not in audience`. */
export function words(code) {
  const text = (code ?? '').replaceAll('_', ' ');
  const lower = text === text.toUpperCase() ? text.toLowerCase() : text;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** `one(3, 'customer')` → `3 customers`. */
export const plural = (amount, singular, many = `${singular}s`) => `${count(amount)} ${amount === 1 ? singular : many}`;

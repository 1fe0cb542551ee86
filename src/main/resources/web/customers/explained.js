import { html, nothing } from '../app/page.js';
import { link } from '../app/router.js';
import { badge, ladder, reason } from '../app/components/index.js';
import { time, words } from '../app/format.js';
import { readOut } from './read-out.js';

/** What would have changed a no: the sentence, and each change where there are several. */
function otherwise(change) {
  return change ? html`
    <section class="otherwise">
      <h4>What would have changed it</h4>
      <p>${change.sentence}</p>
      ${change.changes.length > 1 ? html`<ol>${change.changes.map(one => html`<li>${reason(one.reason)}: if ${one.change}</li>`)}</ol>` : nothing}
    </section>` : nothing;
}

function ofRule(rule) {
  return html`
    <section class="card">
      <div class="spread"><h3>${rule.description || rule.ruleId}</h3>${badge(rule.verdict, { tone: rule.verdict === 'not-told' ? 'bad' : undefined })}</div>
      ${ladder(rule.gates, { label: `What ${rule.ruleId} asked, in order` })}
      ${readOut(rule.sentence)}
      ${otherwise(rule.wouldHaveChangedIt)}
      ${rule.notificationId ? html`<p class="small muted">Notification <code>${rule.notificationId}</code></p>` : nothing}
    </section>`;
}

/** Rules that could not say anything, because they were off or not there. */
export function rulesNotThen(rules) {
  return rules.length ? html`
    <section class="card">
      <h3>Rules that were not asked</h3>
      <ul>${rules.map(one => html`<li><b>${one.ruleId}</b> ${badge(one.state, { tone: 'warn' })} ${one.sentence}</li>`)}</ul>
    </section>` : nothing;
}

/** An explanation of an event for a customer: rule by rule, the ones that said no first. */
export function explanation(found) {
  const rules = [...found.rules].sort((a, b) => (a.verdict === 'told') - (b.verdict === 'told'));
  return html`
    <div class="stack">
      ${rules.length === 0 ? readOut(found.summary) : nothing}
      <div class="two">${rules.map(ofRule)}</div>
      ${rulesNotThen(found.rulesNotThen)}
    </div>`;
}

/** The same by the kind of message: event by event, call by call. */
export function typeExplanation(found) {
  return html`
    <div class="stack">
      <p>${badge(found.verdict, { tone: found.verdict === 'told' ? 'good' : 'bad' })} <span class="muted small">from ${time(found.from)} to ${time(found.to)}</span></p>
      ${readOut(found.summary)}
      ${found.events.map((event, n) => html`
        <details class="card" ?open=${n === 0}>
          <summary>${event.eventType} at ${time(event.recordedAt)}</summary>
          <p class="small"><a href=${link('events', event.eventId)}>The event</a></p>
          ${explanation({ ...event, rulesNotThen: [] })}
        </details>`)}
      ${found.calls.length ? html`
        <section class="card"><h3>What callers asked for</h3>
          <ul>${found.calls.map(call => html`<li>${time(call.createdAt)} ${badge(call.verdict, { tone: call.verdict === 'told' ? 'good' : 'bad' })} ${call.sentence}
            <a href="${link('customers', found.customerId)}?notification=${call.trackingId}">Message<span class="unseen"> of ${words(found.notificationType)} at ${call.createdAt}</span></a></li>`)}</ul></section>` : nothing}
      ${rulesNotThen(found.rulesNotThen)}
    </div>`;
}

import { html } from 'lit';
import { link } from '../app/router.js';

const STORIES = [
  { id: 'order-shipped', label: 'An order is shipped' },
  { id: 'payment-failed', label: 'A payment fails' },
  { id: 'price-drop-alert', label: 'A price drops' },
  { id: 'order-complete', label: 'An order is complete' },
  { id: 'wishlist-sale', label: 'A wish goes on sale' },
];

/** For whoever opens it for the first time: what this is, and what to press. */
export function firstRun() {
  return html`
    <section class="card first-run" aria-labelledby="first-run">
      <h2 id="first-run">Welcome to Carillon</h2>
      <p>Carillon sends notifications, and takes what it is to send through two doors: teams publish <b>events</b> and its rules decide who hears of
        them, or teams decide themselves and <b>call its API</b>. Play one story through both, and see what each way costs.</p>
      <div class="row">
        ${STORIES.map(story => html`<a class="button primary" href=${link('stories', story.id)}>${story.label}</a>`)}
      </div>
      <p class="small muted">Nothing is really sent here. <a href="/docs">The API</a> · <a href="/q/openapi">Its document</a> ·
        the documentation is in <code>docs/</code> of the sources.</p>
    </section>`;
}

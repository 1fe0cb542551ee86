import { LitElement, html, nothing } from 'lit';
import { table, reason } from '../app/components/index.js';
import { countersAt, doorsOf, endOf, milliseconds, sentAt } from './doors.js';
import { drawn, mapOf } from './map.js';

const WHOLE = 9_000; // milliseconds that a story takes at its own speed
const STEP = 900; // where nothing may move

/**
 * Both doors on one time axis. The whole story is shown at first; `Play` begins it anew. What travels was recorded:
 * each step at its time, relative to the first.
 */
class Stage extends LitElement {
  static properties = { report: { attribute: false }, micros: { state: true }, playing: { state: true }, speed: { state: true } };

  #frame = null;
  #timer = null;
  #maps = [];
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor() {
    super();
    this.micros = 0;
    this.playing = false;
    this.speed = 1;
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  willUpdate(changed) {
    if (changed.has('report')) {
      this.#stop();
      this.#maps = doorsOf(this.report).map(door => mapOf(door.run));
      this.micros = endOf(this.report);
    }
  }

  get #end() {
    return endOf(this.report);
  }

  get #times() {
    return [...new Set(doorsOf(this.report).flatMap(door => door.run.steps.map(step => step.micros)))].sort((a, b) => a - b);
  }

  #play() {
    if (this.micros >= this.#end) {
      this.micros = 0;
    }
    this.playing = true;
    if (this.#still.matches) {
      this.#nextStill();
    } else {
      let before = null;
      const frame = now => {
        const passed = before === null ? 0 : now - before;
        before = now;
        this.micros = Math.min(this.#end, this.micros + (passed * this.#end * this.speed) / WHOLE);
        if (this.micros >= this.#end) {
          this.#stop();
        } else {
          this.#frame = requestAnimationFrame(frame);
        }
      };
      this.#frame = requestAnimationFrame(frame);
    }
  }

  /** Step by step, and nothing moves. */
  #nextStill() {
    this.#step(1);
    if (this.micros < this.#end) {
      this.#timer = setTimeout(() => this.#nextStill(), STEP / this.speed);
    } else {
      this.#stop();
    }
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.playing = false;
  }

  #step(direction) {
    const times = [0, ...this.#times];
    const to = direction > 0 ? times.find(time => time > this.micros) : times.findLast(time => time < this.micros);
    this.micros = to ?? (direction > 0 ? this.#end : 0);
  }

  #stepped(direction) {
    this.#stop();
    this.#step(direction);
  }

  render() {
    const doors = doorsOf(this.report);
    return html`
      <section class="stack" aria-label="The stage">
        <div class="stage-controls row" role="group" aria-label="Playing">
          <button type="button" class="primary" @click=${() => (this.playing ? this.#stop() : this.#play())}>${this.playing ? 'Pause' : 'Play'}</button>
          <button type="button" @click=${() => this.#stepped(-1)}>Step back</button>
          <button type="button" @click=${() => this.#stepped(1)}>Step</button>
          <label class="row">Speed
            <select class="stage-speed" @change=${event => { this.speed = Number(event.target.value); }}>
              ${[0.25, 0.5, 1, 2, 4].map(speed => html`<option value=${speed} ?selected=${speed === this.speed}>${speed}×</option>`)}
            </select>
          </label>
          <label class="stage-axis row"><span>Time</span>
            <input type="range" min="0" max=${this.#end} step="100" .value=${String(Math.round(this.micros))}
              aria-valuetext=${milliseconds(this.micros)} @input=${event => { this.#stop(); this.micros = Number(event.target.value); }}>
            <output class="numeric">${milliseconds(this.micros)}</output>
          </label>
        </div>
        <p class="unseen" role="status">${this.playing ? '' : this.#saidNow(doors)}</p>
        <div class="two doors">${doors.map((door, at) => this.#door(door, this.#maps[at]))}</div>
        <p class="outcome ${this.report.sameOutcome ? 'muted' : ''}">${this.report.sameOutcome
          ? this.report.fault ? 'Both doors ended with the same messages.' : 'Both doors sent the same customers the same texts on the same channels.'
          : html`The doors differ: ${this.report.differences.join('; ')}.`}</p>
        <details>
          <summary>The same as a table</summary>
          ${table({
            caption: 'Every step of both doors, by its time',
            rows: doors.flatMap(door => door.run.steps.map(step => ({ ...step, door: door.title }))).sort((a, b) => a.micros - b.micros),
            key: row => row,
            columns: [
              { label: 'Time', numeric: true, cell: row => milliseconds(row.micros) },
              { label: 'Door', cell: row => row.door },
              { label: 'Who', main: true, cell: row => row.component },
              { label: 'What', cell: row => row.action },
              { label: 'To', cell: row => row.target },
              { label: 'Detail', cell: row => row.detail },
            ],
          })}
        </details>
      </section>`;
  }

  #saidNow(doors) {
    return doors.map(door => `${door.title}: ${countersAt(door.run, this.micros).map(one => `${one.value} ${one.label.toLowerCase()}`).join(', ')}`).join('. ');
  }

  #door(door, map) {
    const sent = sentAt(door.run, this.micros);
    const over = this.micros >= this.#end;
    return html`
      <section class="card stage-door" aria-label=${door.title}>
        <h2>${door.title}</h2>
        <p class="muted small">${door.says}</p>
        <div class="scroll stage-frame" role="region" tabindex="0" aria-label=${`Picture of ${door.title}`}>${map.edges.length === 0 ? html`<p class="muted">Nobody has called or published anything.</p>` : drawn(map, this.micros, this.#still.matches || over ? 0 : this.#end * 0.05)}</div>
        <dl class="stage-counters">${countersAt(door.run, this.micros).map(one => html`
          <div data-kind=${one.kind}><dt>${one.label}</dt><dd class="numeric">${one.value}</dd></div>`)}
        </dl>
        ${this.report.fault ? verdict(door.run.verdict) : nothing}
        <h3>Notified</h3>
        ${sent.length === 0 ? html`<p class="muted">Nobody${over ? '.' : ' yet.'}</p>` : html`<ul class="stage-messages">${sent.map(one => html`
          <li>
            <p class="small"><b>${one.customerId}</b> by ${one.channel}, <code>${one.type}</code></p>
            ${one.subject ? html`<p class="subject">${one.subject}</p>` : nothing}
            <details><summary class="small">The message</summary><p class="body">${one.body}</p></details>
          </li>`)}</ul>`}
        <h3>Not notified</h3>
        ${over ? suppressed(door.run.suppressed) : html`<p class="muted">Known at the end.</p>`}
      </section>`;
  }
}

function suppressed(all) {
  return all.length === 0
    ? html`<p class="muted">Nobody else was considered by the service.</p>`
    : html`<ul class="small">${all.map(one => html`
        <li><b>${one.customerId ?? 'Nobody'}</b>${one.channel ? ` by ${one.channel}` : ''}: ${reason(one.reason)}${
          one.detail ? html` <span class="muted">${one.detail}</span>` : nothing}</li>`)}</ul>`;
}

const JUDGED = [['missed', 'Missed'], ['twice', 'Twice'], ['wrong', 'Wrong'], ['late', 'Late']];

function verdict(one) {
  return one ? html`
    <dl class="stage-counters stage-verdict">${JUDGED.map(([name, label]) => html`
      <div data-bad=${String(name !== 'late' && one[name].messages > 0)}><dt>${label}</dt><dd class="numeric">${one[name].messages}
        ${one[name].customers.length ? html`<span class="small">${one[name].customers.join(', ')}</span>` : nothing}</dd></div>`)}
    </dl>
    ${one.happened.length ? html`<ol class="small happened">${one.happened.map(what => html`<li>${what}</li>`)}</ol>` : nothing}` : nothing;
}

customElements.define('carillon-stage', Stage);

import { svg, html } from 'lit';

const WIDTH = 620;
const ROW = 54;
const BOX = { width: 128, height: 32 };

/** In which column somebody stands: teams, what is between, the service, what the service uses. */
function columnOf(name, teams) {
  if (teams.has(name)) {
    return 0;
  }
  if (name === 'NotificationService') {
    return 2;
  }
  return ['EventBus', 'Wire'].includes(name) ? 1 : null;
}

/** Where everybody in a run stands, and who has to do with whom. */
export function mapOf(run) {
  const steps = run.steps.filter(step => step.kind !== 'fault' || step.target === 'Wire');
  const teams = new Set(steps.map(step => step.component).filter(name => /(Service|Caller)$/.test(name) && name !== 'NotificationService'));
  const askedByTeams = new Set(steps.filter(step => teams.has(step.component)).map(step => step.target));
  const names = [...new Set(steps.flatMap(step => [step.component, step.target]))];
  const columns = [[], [], [], []];
  for (const name of names) {
    columns[columnOf(name, teams) ?? (askedByTeams.has(name) ? 1 : 3)].push(name);
  }
  const height = Math.max(2, ...columns.map(column => column.length)) * ROW;
  const places = {};
  columns.forEach((column, x) => column.forEach((name, y) => {
    places[name] = { x: 68 + x * ((WIDTH - 136) / 3), y: ((y + 0.5) * height) / column.length };
  }));
  const edges = [...new Map(steps.filter(step => step.component !== step.target)
    .map(step => [`${step.component} ${step.target}`, [step.component, step.target]])).values()];
  return { places, edges, height, steps };
}

/**
 * A door as it is at a moment: who is there, what is lit, and what travels.
 *
 * @param travel how long a step is under way, in microseconds; 0 where nothing is to move
 */
export function drawn(map, micros, travel) {
  const at = step => {
    const [from, to] = [map.places[step.component], map.places[step.target]];
    const way = travel === 0 ? 1 : Math.min(1, Math.max(0, 1 - (step.micros - micros) / travel));
    return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way };
  };
  const used = new Set(map.steps.filter(step => step.micros <= micros).map(step => `${step.component} ${step.target}`));
  const moving = travel === 0 ? [] : map.steps.filter(step => step.micros >= micros && step.micros - travel < micros);
  return html`
    <svg class="stage-map" viewBox="0 0 ${WIDTH} ${map.height}" aria-hidden="true" focusable="false">
      ${map.edges.map(([from, to]) => svg`<line class="stage-edge" data-lit=${String(used.has(`${from} ${to}`))}
        x1=${map.places[from].x} y1=${map.places[from].y} x2=${map.places[to].x} y2=${map.places[to].y} />`)}
      ${Object.entries(map.places).map(([name, place]) => svg`
        <g class="stage-node" data-lit=${String([...used].some(edge => edge.split(' ').includes(name)))}>
          <rect x=${place.x - BOX.width / 2} y=${place.y - BOX.height / 2} width=${BOX.width} height=${BOX.height} rx="7" />
          <text x=${place.x} y=${place.y + 4} text-anchor="middle">${name}</text>
        </g>`)}
      ${moving.map(step => svg`<circle class="stage-traveller" data-kind=${step.kind} cx=${at(step).x} cy=${at(step).y} r="7" />`)}
    </svg>`;
}

/** The two doors of a report, in their order: `{id, title, says, run}`. */
export const doorsOf = report => [
  { id: 'eventSourced', title: 'Door 1: event-sourced', says: 'The teams publish, the service decides.', run: report.eventSourced },
  { id: 'apiDriven', title: 'Door 2: API-driven', says: 'The teams look up, decide and call.', run: report.apiDriven },
];

const COUNTED = [
  ['publish', 'Events published'],
  ['call', 'API calls'],
  ['lookup-by-domain-team', 'Lookups by teams'],
  ['lookup-by-service', 'Lookups by the service'],
  ['send', 'Messages sent'],
];

/** How often each thing has happened until then. */
export function countersAt(run, micros) {
  return COUNTED.map(([kind, label]) => ({
    kind,
    label,
    value: run.steps.filter(step => step.kind === kind && step.micros <= micros).length,
  }));
}

export const endOf = report => Math.max(1, ...doorsOf(report).flatMap(door => door.run.steps.map(step => step.micros)));

/** The messages that have gone out until then: each channel's in its order. */
export function sentAt(run, micros) {
  const gone = {};
  for (const step of run.steps) {
    if (step.kind === 'send' && step.micros <= micros) {
      gone[step.target] = (gone[step.target] ?? 0) + 1;
    }
  }
  const seen = {};
  return run.notifications.filter(one => {
    seen[one.channel] = (seen[one.channel] ?? 0) + 1;
    return seen[one.channel] <= (gone[one.channel] ?? 0);
  });
}

export const milliseconds = micros => `${(micros / 1000).toFixed(1)} ms`;

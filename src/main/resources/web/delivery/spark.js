import { html, svg } from 'lit';

const HEIGHT = 24;
const STEP = 5;

/** Bars for the counts of a row of buckets, oldest first; the numbers are in `label`, for those who do not see them. */
export function bars(counts, label, tone = 'busy') {
  const most = Math.max(1, ...counts);
  const width = counts.length * STEP;
  return html`<svg class="bars" data-tone=${tone} role="img" aria-label=${label} viewBox="0 0 ${width} ${HEIGHT}" width=${width} height=${HEIGHT}>
    ${counts.map((count, at) => {
      const height = count === 0 ? 0 : Math.max(1, Math.round(count / most * HEIGHT));
      return svg`<rect x=${at * STEP} y=${HEIGHT - height} width=${STEP - 1} height=${height} rx="1"></rect>`;
    })}
  </svg>`;
}

/** The counts of each bucket from `from` to `to`, of rows with `at`. */
export function buckets(rows, { from, to, size, count }) {
  const start = new Date(from).getTime();
  const counts = new Array(Math.max(1, Math.round((new Date(to).getTime() - start) / size))).fill(0);
  for (const row of rows) {
    const at = Math.floor((new Date(row.at).getTime() - start) / size);
    if (at >= 0 && at < counts.length) {
      counts[at] += count(row);
    }
  }
  return counts;
}

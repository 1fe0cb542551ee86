import { svg, html } from 'lit';

const PATHS = {
  live: svg`<path d="M3 12h4l2.500-7 5 14 2.500-7h4"/>`,
  customers: svg`<circle cx="12" cy="8" r="3.500"/><path d="M5 20c.6-4 3.300-6 7-6s6.400 2 7 6"/>`,
  events: svg`<path d="M13 3 5 14h6l-1 7 8-11h-6z"/>`,
  stories: svg`<path d="M4 5h7v14H4zM13 5h7v14h-7z"/>`,
  rules: svg`<path d="M6 4v6a4 4 0 0 0 4 4h8m-4-4 4 4-4 4M6 14v6"/>`,
  templates: svg`<rect x="4" y="5" width="16" height="14" rx="2"/><path d="m4.500 7.500 7.500 5.500 7.500-5.500"/>`,
  delivery: svg`<path d="M4 12 20 4l-5 16-3.500-6.500zM11.500 13.500 20 4"/>`,
  theme: svg`<circle cx="12" cy="12" r="8"/><path d="M12 4v16a8 8 0 0 0 0-16Z" fill="currentColor"/>`,
  out: svg`<path d="M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9"/>`,
  docs: svg`<path d="M6 4h9l4 4v12H6zM15 4v4h4M9 13h7M9 16h7"/>`,
};

/** A small picture beside a word; it is hidden from screen readers, which have the word. */
export const icon = name => html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${PATHS[name]}</svg>`;

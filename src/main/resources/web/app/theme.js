const KEY = 'carillon-theme';
const THEMES = ['system', 'light', 'dark'];

export function theme() {
  const kept = localStorage.getItem(KEY);
  return THEMES.includes(kept) ? kept : 'system';
}

/** The style sheet reads `data-theme` of the root element; without it, what the system prefers. */
export function applyTheme() {
  const chosen = theme();
  if (chosen === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
}

export function setTheme(chosen) {
  localStorage.setItem(KEY, chosen);
  applyTheme();
  dispatchEvent(new CustomEvent('carillon-theme'));
}

/** Whether dark is shown now: for what is drawn on a canvas. */
export function isDark() {
  const chosen = theme();
  return chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}

import { pageOf } from './pages.js';

/**
 * The address bar as state: `{path, segments, query}`. `segments` are the decoded steps after the page's name:
 * `/customers/cust-001` has `['cust-001']`.
 */
export function here() {
  const steps = location.pathname.split('/').slice(2).filter(step => step !== '');
  return { path: location.pathname, segments: steps.map(decode), query: new URLSearchParams(location.search) };
}

function decode(step) {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

const changes = new EventTarget();

/** Calls the listener after each change of the address with `{here, moved}`: whether the page or what it shows is another. */
export function onNavigation(listener) {
  const told = event => listener(event.detail);
  changes.addEventListener('navigation', told);
  return () => changes.removeEventListener('navigation', told);
}

function tell(moved) {
  changes.dispatchEvent(new CustomEvent('navigation', { detail: { here: here(), moved } }));
}

/** Opens another address of the console. */
export function navigate(address, { replace = false } = {}) {
  const before = location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell(location.pathname !== before);
}

/** Puts these parameters into the address and leaves the others; null or empty takes one out. */
export function setQuery(parameters, { replace = true } = {}) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === '') {
      url.searchParams.delete(name);
    } else {
      url.searchParams.set(name, value);
    }
  }
  navigate(url.pathname + url.search, { replace });
}

/** An address of ids: `link('customers', id)`. */
export const link = (...steps) => '/' + steps.map(encodeURIComponent).join('/');

let last = location.pathname;

addEventListener('popstate', () => {
  const moved = location.pathname !== last;
  last = location.pathname;
  tell(moved);
});

onNavigation(() => {
  last = location.pathname;
});

/** Links to the console's pages are followed without loading it anew. */
addEventListener('click', event => {
  const anchor = event.composedPath().find(one => one instanceof HTMLAnchorElement);
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!anchor || !plain || event.defaultPrevented || anchor.target || anchor.hasAttribute('download')) {
    return;
  }
  const url = new URL(anchor.href);
  if (url.origin === location.origin && !url.hash && pageOf(url.pathname)) {
    event.preventDefault();
    navigate(url.pathname + url.search);
  }
});

import { session } from './session.js';

const WITHOUT_A_BODY = new Set(['GET', 'HEAD']);

/** What the service refused, or why it could not be asked. `problem` is its RFC 9457 document. */
export class ApiError extends Error {
  constructor(status, problem, retryAfter = null) {
    super(problem.detail ?? problem.title ?? 'The service did not answer');
    this.status = status;
    this.problem = problem;
    this.title = problem.title ?? 'Error';
    this.errors = problem.errors ?? [];
    this.retryAfter = retryAfter;
  }

  /** What is wrong with one field, named by its JSON pointer; empty when nothing is. */
  of(pointer) {
    return this.errors.filter(error => error.pointer === pointer).map(error => error.detail).join('; ');
  }
}

function address(path, query) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

function headersOf(method, { body, headers, type, background }) {
  const all = new Headers(headers);
  if (!all.has('Accept')) {
    all.set('Accept', 'application/json, application/problem+json');
  }
  if (body !== undefined && !all.has('Content-Type')) {
    all.set('Content-Type', type ?? 'application/json');
  }
  if (background) {
    all.set('X-Carillon-Background', '1');
  }
  if (!WITHOUT_A_BODY.has(method) && session.csrfToken) {
    all.set('X-CSRF-Token', session.csrfToken);
  }
  return all;
}

async function contentOf(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.status === 204 || response.status === 304) {
    return null;
  }
  return /[/+]json/.test(type) ? response.json() : response.text();
}

async function problemOf(response) {
  try {
    const content = await contentOf(response);
    return typeof content === 'object' && content ? content : { title: response.statusText || `HTTP ${response.status}` };
  } catch {
    return { title: `HTTP ${response.status}` };
  }
}

/**
 * Asks the service. Resolves to `{status, data, headers}`; rejects with an {@link ApiError}, or with the signal's reason.
 *
 * @param options `query` (an object; empty values are left out), `body` (an object, or text with `type`), `headers`,
 *   `signal`, `background` for what is asked again and again without anybody's doing (it does not keep the session alive), and
 *   `quiet` for whoever deals with a 401 itself
 */
export async function ask(method, path, options = {}) {
  const { query, body, signal, quiet } = options;
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      signal,
      headers: headersOf(method, options),
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new ApiError(0, { title: 'The service cannot be reached', detail: 'It does not answer. Is it running?' });
  }
  if (!response.ok) {
    const refusal = new ApiError(response.status, await problemOf(response), Number(response.headers.get('Retry-After')) || null);
    if (response.status === 401 && !quiet) {
      session.lost();
    }
    throw refusal;
  }
  return { status: response.status, data: await contentOf(response), headers: response.headers };
}

const dataOf = method => (path, options) => ask(method, path, options).then(answer => answer.data);
const sending = method => (path, body, options) => ask(method, path, { ...options, body }).then(answer => answer.data);

export const api = { get: dataOf('GET'), delete: dataOf('DELETE'), post: sending('POST'), put: sending('PUT') };

/**
 * Listens to a stream of server-sent events while the page can be seen: a browser has few connections to a host, for all its tabs.
 *
 * @param on functions by the events' names; each gets the parsed data and the event
 * @param onState gets `connecting`, `open` or `closed`. A stream that breaks connects again by itself, from where it was; one that
 *   was hidden begins anew, so what was missed has to be asked for when it is `open`
 * @returns a function that ends it
 */
export function stream(path, on, onState = () => {}) {
  let source = null;
  let failures = 0;
  const close = () => {
    source?.close();
    source = null;
  };
  const open = () => {
    source = new EventSource(path);
    onState('connecting');
    source.onopen = () => {
      failures = 0;
      onState('open');
    };
    source.onerror = () => {
      onState(source.readyState === EventSource.CLOSED ? 'closed' : 'connecting');
      // the browser does not say why: a session that has ended does
      if (source.readyState === EventSource.CLOSED || ++failures === 3) {
        session.check().catch(() => {});
      }
    };
    for (const [name, listener] of Object.entries(on)) {
      source.addEventListener(name, event => listener(event.data ? JSON.parse(event.data) : null, event));
    }
  };
  const seen = () => (document.hidden ? close() : source ?? open());
  document.addEventListener('visibilitychange', seen);
  seen();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    close();
  };
}

// One call of the API: the key in a header, never in an address, or the cookie of whoever signed in; every refusal an
// ApiError with the server's words.
import { atHand } from '../app/idle';
import { session } from '../app/session';
import { language } from '../i18n/language';

export interface Route {
  method: string;
  path: string;
  query: string[];
  body: string[];
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Instead of the session's, to try one at the door; empty: none, as whoever signs in has none. */
  key?: string;
  headers?: Record<string, string>;
}

export interface Problem {
  title: string;
  status: number;
  detail: string;
  errors?: { field: string; message: string }[];
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    readonly retryAfter: number | null,
  ) {
    super(problem?.detail ?? `HTTP ${status}`);
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {}

function address(route: Route, input: Record<string, unknown>): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const query = new URLSearchParams();
  for (const name of route.query) {
    const value = input[name];
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export async function call<Output>(route: Route, input: object, options: CallOptions = {}): Promise<Output> {
  const given = input as Record<string, unknown>;
  const headers: Record<string, string> = { 'Accept-Language': language(), ...options.headers };
  const key = options.key ?? session.current()?.key;
  if (key) headers['X-API-Key'] = key;
  // The cookie goes along by itself; that a page of ours asks, another site's cannot say.
  else headers['X-Aremko-Session'] = '1';
  if (!atHand()) headers['X-Aremko-Idle'] = '1';
  const init: RequestInit = { method: route.method, headers };
  if (options.signal) init.signal = options.signal;
  if (route.body.length > 0) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(Object.fromEntries(route.body.filter((name) => given[name] !== undefined).map((name) => [name, given[name]])));
  }
  let response: Response;
  try {
    response = await fetch(address(route, given), init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Unreachable();
  }
  if (response.ok) return (await response.json()) as Output;
  const problem = (await response.json().catch(() => null)) as Problem | null;
  // A key that no longer holds ends the session; at the door it is only an answer.
  if (response.status === 401 && options.key === undefined) session.expired();
  const after = Number(response.headers.get('Retry-After'));
  throw new ApiError(response.status, problem, Number.isFinite(after) && after > 0 ? after : null);
}

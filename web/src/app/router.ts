// Addresses are /clientes/123?as_of=2024-03-14: ids and days, never a name or what was searched for.
import { useSyncExternalStore } from 'react';
import { session } from './session';

const listeners = new Set<() => void>();
const notify = () => listeners.forEach((listener) => listener());

/** A list that somebody walks from one guest to the next: kept with the address, so that Back and a reload keep it. */
export interface Walk {
  back: string;                      // the list's address
  at: number;
  total: number;
  filters?: Record<string, unknown>; // of the people's table
  ids?: number[];                    // those chosen, instead
}

/** How the last page was come to: one that was seen before is shown where it was left. */
export let arrived: 'new' | 'back' = 'back';

history.scrollRestoration = 'manual';
window.addEventListener('popstate', () => {
  arrived = 'back';
  notify();
});

export const walked = (): Walk | undefined => (history.state as { walk?: Walk } | null)?.walk;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const here = () => location.pathname + location.search;
const seen = () => `${here()} ${walked()?.at ?? ''}`;

export function useAddress(): { path: string; query: URLSearchParams } {
  useSyncExternalStore(subscribe, seen);
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Keeps the day that is looked at; other parameters are the page's own. */
export function href(path: string, query: Record<string, string | undefined> = {}): string {
  const kept = new URLSearchParams();
  const asOf = new URLSearchParams(location.search).get('as_of');
  if (asOf) kept.set('as_of', asOf);
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') kept.delete(name);
    else kept.set(name, value);
  }
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

export function go(address: string, replace = false, walk?: Walk): void {
  if (address === here() && !walk) return;
  if (!replace) arrived = 'new';
  history[replace ? 'replaceState' : 'pushState'](walk ? { walk } : null, '', address);
  notify();
}

export function useAsOf(): string | undefined {
  return useAddress().query.get('as_of') ?? undefined;
}

/** Today where the spa is, wherever the browser and UTC are. */
export function today(): string {
  // Sweden writes its days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: session.current()?.time_zone ?? 'America/Santiago' }).format(new Date());
}

export const dayLookedAt = (): string => new URLSearchParams(location.search).get('as_of') ?? today();

export function setQuery(changes: Record<string, string | undefined>, replace = true): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(text ? `${location.pathname}?${text}` : location.pathname, replace, walked());
}

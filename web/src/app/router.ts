// Addresses are /clientes/123?as_of=2024-03-14: ids and days, never a name or what was searched for.
import { useSyncExternalStore } from 'react';
import { session } from './session';

const listeners = new Set<() => void>();
const notify = () => listeners.forEach((listener) => listener());
window.addEventListener('popstate', notify);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const here = () => location.pathname + location.search;

export function useAddress(): { path: string; query: URLSearchParams } {
  useSyncExternalStore(subscribe, here);
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

export function go(address: string, replace = false): void {
  if (address === here()) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
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
  go(text ? `${location.pathname}?${text}` : location.pathname, replace);
}

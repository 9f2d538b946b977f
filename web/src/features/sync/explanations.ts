// Why two records are taken for one person: asked once, ahead of time, and remembered while the queue is worked through.
import { useSyncExternalStore } from 'react';
import { api, type MatchExplanation } from '../../api/generated';
import { session } from '../../app/session';
import { language } from '../../i18n/language';

interface Entry {
  data?: MatchExplanation;
  error?: unknown;
}

const kept = new Map<string, Entry>();
const most = 120;
const listeners = new Set<() => void>();
let version = 0;

const key = (id: string): string => `${session.current()?.tenant ?? ''} ${language()} ${id}`;

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Asks, unless it is known or asked for already. */
export function wantExplanation(id: string): void {
  const full = key(id);
  if (kept.has(full)) return;
  while (kept.size >= most) kept.delete(kept.keys().next().value as string);
  const entry: Entry = {};
  kept.set(full, entry);
  api.explain_mapping({ mapping_id: id }).then((data) => { entry.data = data; }, (error: unknown) => { entry.error = error; }).finally(changed);
}

/** What a decision made untrue. */
export function dropExplanation(id: string): void {
  kept.delete(key(id));
}

export function retryExplanation(id: string): void {
  dropExplanation(id);
  wantExplanation(id);
  changed();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
};

export function useExplanations(): (id: string | undefined) => Entry {
  useSyncExternalStore(subscribe, () => version);
  return (id) => (id === undefined ? undefined : kept.get(key(id))) ?? {};
}

import { useSyncExternalStore } from 'react';
import { remember, remembered } from '../app/settings';
import { es, type Words } from './es';

export type Language = 'es' | 'en';

const listeners = new Set<() => void>();
let current: Language = remembered<Language>('language', 'es') === 'en' ? 'en' : 'es';
// Spanish comes with the program, English with whoever reads it.
const loaded: Partial<Record<Language, Words>> = { es };
const load = async (language: Language) => {
  if (language === 'en') loaded.en ??= (await import('./en')).en;
};
await load(current).catch(() => {
  current = 'es';
});
document.documentElement.lang = current;

export const language = (): Language => current;
export const words = (): Words => loaded[current] ?? es;

export async function setLanguage(next: Language): Promise<void> {
  await load(next);
  current = next;
  remember('language', next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words of the language in use; the component is drawn again when it changes. */
export function useWords(): Words {
  useSyncExternalStore(subscribe, language);
  return words();
}

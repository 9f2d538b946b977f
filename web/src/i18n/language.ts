import { useSyncExternalStore } from 'react';
import { remember, remembered } from '../app/settings';
import { en } from './en';
import { es, type Words } from './es';

export type Language = 'es' | 'en';

const listeners = new Set<() => void>();
let current: Language = remembered<Language>('language', 'es') === 'en' ? 'en' : 'es';
document.documentElement.lang = current;

export const language = (): Language => current;
export const words = (): Words => (current === 'en' ? en : es);

export function setLanguage(next: Language): void {
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

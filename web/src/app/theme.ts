import { useSyncExternalStore } from 'react';
import { remember, remembered } from './settings';

export type Theme = 'auto' | 'light' | 'dark';
const listeners = new Set<() => void>();
let current = remembered<Theme>('theme', 'auto');

function apply(): void {
  const root = document.documentElement;
  if (current === 'auto') root.removeAttribute('data-theme');
  else root.dataset['theme'] = current;
}
apply();

export function setTheme(next: Theme): void {
  current = next;
  remember('theme', next);
  apply();
  listeners.forEach((listener) => listener());
}

const system = matchMedia('(prefers-color-scheme: dark)');
export const isDark = (): boolean => (current === 'auto' ? system.matches : current === 'dark');

/** Drawn again when the theme changes, by hand or with the day. */
export function useDark(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    system.addEventListener('change', listener);
    return () => {
      listeners.delete(listener);
      system.removeEventListener('change', listener);
    };
  }, isDark);
}

import { useEffect, useRef, type RefObject } from 'react';
import { setQuery } from '../../app/router';
import { words } from '../../i18n/language';

/** What has stood on the screen for less than this was not looked at. */
export const look_ms = 400;

/** Whether the one with this id (null while it loads) has been drawn long enough to be decided. `data-ready` on the element
    says it to who cannot ask. */
export function useSeen(id: string | null): { element: RefObject<HTMLDivElement | null>; ready: () => boolean } {
  const element = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ id: string; at: number } | null>(null);
  useEffect(() => {
    drawn.current = null;
    element.current?.removeAttribute('data-ready');
    if (id === null) return;
    let timer = 0;
    const frame = requestAnimationFrame(() => {
      drawn.current = { id, at: performance.now() };
      timer = window.setTimeout(() => element.current?.setAttribute('data-ready', id), look_ms);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [id]);
  return { element, ready: () => id !== null && drawn.current?.id === id && performance.now() - drawn.current.at >= look_ms };
}

/** Keys of a queue: one press is one act, however long it is held. */
export function useKeys(acts: Record<string, () => void>): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.altKey || event.ctrlKey || event.metaKey || target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);
}

/** What this page no longer remembers is taken back where everything that was decided stands. */
export const toDecisions = () => ({ name: words().decisions.title, run: () => setQuery({ part: 'decisions', que: undefined }, false) });

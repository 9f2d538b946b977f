// Another page has been come to: it is read out by its heading, which takes the focus, and stands where it was left
// when one goes back to it.
import { useEffect, useRef, type RefObject } from 'react';
import { arrived, useAddress } from './router';

const places = new Map<string, number>();
const patience_ms = 4000;  // for what a page shows when it has been answered

const typing = (element: Element | null): boolean => !!element?.matches('input, textarea, select, [contenteditable]');

/** Calls `work` until it says it is done, whenever something has been drawn. */
function whenDrawn(root: Element, work: () => boolean): () => void {
  if (work()) return () => undefined;
  const watch = new MutationObserver(() => work() && stop());
  const timer = window.setTimeout(() => stop(), patience_ms);
  const stop = () => {
    watch.disconnect();
    clearTimeout(timer);
  };
  watch.observe(root, { childList: true, subtree: true });
  return stop;
}

export function useArrival(main: RefObject<HTMLElement | null>): void {
  const { path, query } = useAddress();
  const address = `${path}?${query}`;
  const last = useRef(path);

  // Where one is on a page is remembered while one is there.
  useEffect(() => {
    const element = main.current;
    if (!element) return;
    const keep = () => places.set(address, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [address, main]);

  useEffect(() => {
    const element = main.current;
    if (!element || last.current === path) return;
    last.current = path;
    const wanted = arrived === 'back' ? places.get(address) ?? 0 : 0;
    element.scrollTop = wanted;
    const unscroll = whenDrawn(element, () => {
      if (element.scrollTop < wanted) element.scrollTop = wanted;
      return Math.abs(element.scrollTop - wanted) < 2;
    });
    const unfocus = whenDrawn(element, () => {
      const heading = element.querySelector<HTMLElement>('h1');
      if (!heading) return false;
      // A field that has the focus keeps it: the desk's search, or a guest's page that says its own name.
      if (!typing(document.activeElement) && document.activeElement !== heading) {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      }
      return true;
    });
    return () => {
      unscroll();
      unfocus();
    };
  }, [path, address, main]);
}

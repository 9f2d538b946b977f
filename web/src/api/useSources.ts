// How the sources stand now, asked again and again while a page is looked at: what is shown may be of earlier.
import { useSyncExternalStore } from 'react';
import { api, type SourceStatus } from './generated';

const every_ms = 15_000;
const listeners = new Set<() => void>();
let sources: SourceStatus[] | undefined;
let fault: unknown = null;  // why the last question had no answer
let timer = 0;
let asking: AbortController | null = null;

async function ask(): Promise<void> {
  if (document.hidden || asking) return;
  const mine = (asking = new AbortController());
  try {
    const answer = await api.list_sources({ limit: 1 }, { signal: mine.signal });
    if (!mine.signal.aborted) {
      sources = answer.sources;
      fault = null;
    }
  } catch (failure) {
    if (!mine.signal.aborted) fault = failure;
  }
  if (asking === mine) asking = null;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    timer = window.setInterval(ask, every_ms);
    document.addEventListener('visibilitychange', ask);
    void ask();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ask);
    asking?.abort();
    asking = null;
    fault = null;
    sources = undefined;  // whoever looks next may be of another place
  };
}

/** What was known last, whether or not the server answers now. */
export const useSources = (): SourceStatus[] | undefined => useSyncExternalStore(subscribe, () => sources);
export const useSourcesFault = (): unknown => useSyncExternalStore(subscribe, () => fault);
export const askSources = (): void => void ask();

// Asks once, remembers for a while, shows what it had while it asks again.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { session } from '../app/session';
import { language } from '../i18n/language';
import { ApiError } from './http';

interface Entry {
  data: unknown;
  at: number;
}

interface Asked {
  answer: Promise<unknown>;
  stop: AbortController;
  waiting: number;
}

const kept = new Map<string, Entry>();
const asked = new Map<string, Asked>();  // what is on its way: several parts of a page may wait for one answer
const most = 200;
const fresh_ms = 20_000;

/** After something was written, nothing remembered is sure. */
export function forget(): void {
  kept.clear();
}

const asking_anew = new Set<() => void>();

// A decision is answered when it is kept; what shows it may be published a moment later.
const later_ms = [1_500, 5_000];
let later: number[] = [];

function askAnew(): void {
  forget();
  for (const ask of asking_anew) ask();
}

/** The same, and whatever is on the screen is asked for anew, now and a little after the last decision; it stays there until the answer comes. */
export function refresh(): void {
  askAnew();
  later.forEach(clearTimeout);
  later = later_ms.map((wait) => window.setTimeout(askAnew, wait));
}

export interface Query<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

/** The answer on its way, or one asked for now; nobody waiting any more calls it off. */
function share(full: string, ask: (signal: AbortSignal) => Promise<unknown>): Asked {
  let one = asked.get(full);
  if (!one) {
    const stop = new AbortController();
    const answer = ask(stop.signal).finally(() => {
      if (asked.get(full)?.stop === stop) asked.delete(full);
    });
    one = { answer, stop, waiting: 0 };
    asked.set(full, one);
  }
  ++one.waiting;
  return one;
}

function unshare(full: string, one: Asked): void {
  if (--one.waiting > 0) return;
  one.stop.abort();
  if (asked.get(full) === one) asked.delete(full);
}

/** `name` says what is asked, all parameters included; null asks nothing. */
export function useQuery<T>(name: string | null, ask: (signal: AbortSignal) => Promise<T>, keepOld = false): Query<T> {
  const full = name === null ? null : `${session.current()?.tenant ?? ''} ${language()} ${name}`;
  const [, redraw] = useState(0);
  const [turn, setTurn] = useState(0);
  const state = useRef<{ full: string | null; of: string | null; data: T | undefined; error: unknown; loading: boolean }>({
    full: null, of: null, data: undefined, error: null, loading: false,
  });
  const asking = useRef(ask);
  asking.current = ask;

  if (state.current.full !== full) {
    const entry = full === null ? undefined : kept.get(full);
    const data = entry ? (entry.data as T) : keepOld ? state.current.data : undefined;
    state.current = { full, of: entry ? full : keepOld ? state.current.of : null, data, error: null, loading: full !== null && !entry };
  }

  useEffect(() => {
    if (full === null) return;
    const entry = kept.get(full);
    if (entry && turn === 0 && Date.now() - entry.at < fresh_ms) return;
    let here = true;
    const shared = share(full, (signal) => asking.current(signal));
    const settle = (change: Partial<typeof state.current>) => {
      if (!here || state.current.full !== full) return;
      Object.assign(state.current, { loading: false }, change);
      redraw((count) => count + 1);
    };
    shared.answer.then(
      (answer) => {
        const data = answer as T;
        if (kept.size >= most) kept.delete(kept.keys().next().value as string);
        kept.set(full, { data, at: Date.now() });
        settle({ data, of: full, error: null });
      },
      // What is known of another question does not stand where this one has no answer.
      (error: unknown) => settle({ error, ...(state.current.of === full ? {} : { data: undefined, of: null }) }),
    );
    return () => {
      here = false;
      unshare(full, shared);
    };
  }, [full, turn]);

  // What was refused while the page was locked is asked again once somebody is back.
  const locked = useSyncExternalStore(session.subscribe, session.isLocked);
  useEffect(() => {
    if (locked || !(state.current.error instanceof ApiError) || state.current.error.status !== 401) return;
    state.current.loading = true;
    state.current.error = null;
    setTurn((count) => count + 1);
  }, [locked]);
  useEffect(() => {
    const anew = () => setTurn((count) => count + 1);
    asking_anew.add(anew);
    return () => { asking_anew.delete(anew); };
  }, []);

  const reload = useCallback(() => {
    state.current.loading = true;
    state.current.error = null;
    setTurn((count) => count + 1);
  }, []);
  return { data: state.current.data, error: state.current.error, loading: state.current.loading, reload };
}

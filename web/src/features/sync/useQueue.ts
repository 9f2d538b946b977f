import { useCallback, useEffect, useRef, useState } from 'react';

interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface Queue<T> {
  queue: T[] | null;
  total: number;
  error: unknown;
  reload: () => void;
  take: (ids: string[]) => void;
  /** Where it stood. */
  put: (one: T, at: number) => void;
}

const near_end = 12;

/** A queue, asked for as it is worked through; whoever is decided leaves it at once. `ask` is a page's question. */
export function useQueue<T extends { id: string }>(ask: (cursor: string | null) => Promise<Page<T>>, place: number): Queue<T> {
  const [queue, setQueue] = useState<T[] | null>(null);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const next = useRef<string | null>(null);
  const asking = useRef(false);
  const gone = useRef(new Set<string>());
  const question = useRef(ask);
  question.current = ask;

  const more = useCallback(async (cursor: string | null) => {
    if (asking.current) return;
    asking.current = true;
    try {
      const page = await question.current(cursor);
      next.current = page.next;
      if (!cursor) setTotal(page.total);
      setQueue((old) => {
        const before = cursor ? (old ?? []) : [];
        const known = new Set(before.map((one) => one.id));
        return [...before, ...page.items.filter((one) => !known.has(one.id) && !gone.current.has(one.id))];
      });
      setError(null);
    } catch (failure) {
      setError(failure);
    }
    asking.current = false;
  }, []);
  useEffect(() => void more(null), [more, turn]);
  useEffect(() => {
    if (queue && queue.length - place < near_end && next.current) void more(next.current);
  }, [queue, place, more]);

  return {
    queue, total, error,
    reload: () => { gone.current.clear(); setTurn((count) => count + 1); },
    take: (ids) => {
      for (const id of ids) gone.current.add(id);
      setQueue((all) => (all ?? []).filter((one) => !ids.includes(one.id)));
      setTotal((count) => Math.max(0, count - ids.length));
    },
    put: (one, at) => {
      gone.current.delete(one.id);
      setQueue((all) => [...(all ?? []).slice(0, at), one, ...(all ?? []).slice(at)]);
      setTotal((count) => count + 1);
    },
  };
}

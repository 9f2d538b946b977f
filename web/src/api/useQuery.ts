// What the pages ask: TanStack Query by the house's rules. An answer is asked for once, is fresh for a while, and what was
// known stays on the screen while it is asked for anew.
import { QueryClient, useQuery as useAnswer } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { session } from '../app/session';
import { language } from '../i18n/language';
import { ApiError } from './http';

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      gcTime: 30 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',     // a browser that believes itself offline is told so by the question
      structuralSharing: false,  // another answer is another object, even where it says the same
    },
  },
});

/** After something was written, nothing remembered is sure; what is on the screen stays there. */
export function forget(): void {
  client.removeQueries({ type: 'inactive' });
  void client.invalidateQueries({ refetchType: 'none' });
}

// A decision is answered when it is kept; what shows it may be published a moment later.
const later_ms = [1_500, 5_000];
let later: number[] = [];

function askAnew(): void {
  client.removeQueries({ type: 'inactive' });
  void client.invalidateQueries();
}

/** The same, and whatever is on the screen is asked for anew, now and a little after the last decision; it stays there until the answer comes. */
export function refresh(): void {
  askAnew();
  later.forEach(clearTimeout);
  later = later_ms.map((wait) => window.setTimeout(askAnew, wait));
}

// What was refused while the page was locked is asked again once somebody is back.
let was_locked = session.isLocked();
session.subscribe(() => {
  if (was_locked && !session.isLocked()) void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.error instanceof ApiError && state.error.status === 401 });
  was_locked = session.isLocked();
});

export interface Query<T> {
  data: T | undefined;
  error: unknown;
  loading: boolean;
  reload: () => void;
}

/** `name` says what is asked, all parameters included; null asks nothing. `every`: asked again so often while the page is looked at. */
export function useQuery<T>(name: string | null, ask: (signal: AbortSignal) => Promise<T>, keepOld = false, every?: number): Query<T> {
  const who = session.current();
  const key = [who?.tenant, who?.key === '' ? who.label : null, language(), name];
  const full = key.join('\n');
  const seen = useRef<{ full: string; data: T | undefined; error: unknown }>({ full, data: undefined, error: null });
  if (seen.current.full !== full) seen.current = { full, data: seen.current.data, error: null };
  const answer = useAnswer<T>({
    queryKey: key,
    queryFn: ({ signal }) => ask(signal),
    enabled: name !== null,
    // What is seen, not what was answered last: under a question that failed, no figure of an earlier one comes back.
    ...(keepOld ? { placeholderData: () => seen.current.data as never } : {}),
    ...(every ? { refetchInterval: every, refetchOnWindowFocus: 'always' as const } : {}),
  });
  const { data, isFetching, isPending, isPlaceholderData, refetch } = answer;
  // What went wrong stays said while it is asked again by itself, and not when somebody asks.
  const error = isFetching ? seen.current.error : answer.error;
  seen.current = { full, data, error };
  const reload = useCallback(() => {
    seen.current.error = null;
    void refetch();
  }, [refetch]);
  return { data, error, loading: isFetching && (isPending || isPlaceholderData), reload };
}

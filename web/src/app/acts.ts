// What the page in sight offers to do: the palette lists it by name.
import { useEffect } from 'react';

export interface Act {
  name: string;
  keys?: string;
  run: () => void;
}

const acts = new Map<symbol, readonly Act[]>();

export const actsNow = (): Act[] => [...acts.values()].flat();

export function useActs(list: readonly Act[]): void {
  useEffect(() => {
    const me = Symbol('acts');
    acts.set(me, list);
    return () => {
      acts.delete(me);
    };
  });
}

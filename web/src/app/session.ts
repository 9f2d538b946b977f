// Who is at the desk. Keys live in this tab alone (sessionStorage) and are gone with it; several may be held, one a
// tenant, to switch between them.
export interface Held {
  key: string;
  tenant: string;
  scope: 'read' | 'write' | 'admin';
  label: string;
  time_zone?: string;  // the spa's; a session of an earlier version holds none
}

interface State {
  held: Held[];
  at: number;
}

const place = 'aremko.session';
const listeners = new Set<() => void>();

function read(): State {
  try {
    const state = JSON.parse(sessionStorage.getItem(place) ?? 'null') as State | null;
    if (state && Array.isArray(state.held)) return state;
  } catch {
    // Nothing usable is held: the door is shown.
  }
  return { held: [], at: 0 };
}

let state = read();
let ended = false;

function set(next: State): void {
  state = next;
  try {
    if (next.held.length > 0) sessionStorage.setItem(place, JSON.stringify(next));
    else sessionStorage.removeItem(place);
  } catch {
    // A browser that keeps nothing: the session lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export const session = {
  current: (): Held | undefined => state.held[state.at],
  held: (): readonly Held[] => state.held,
  canWrite: (): boolean => (state.held[state.at]?.scope ?? 'read') !== 'read',
  /** The last one ended because the server no longer knew its key. */
  wasExpired: (): boolean => ended,

  enter(one: Held): void {
    ended = false;
    const others = state.held.filter((held) => held.tenant !== one.tenant);
    set({ held: [...others, one], at: others.length });
  },
  switchTo(tenant: string): void {
    const at = state.held.findIndex((held) => held.tenant === tenant);
    if (at >= 0) set({ ...state, at });
  },
  leave(): void {
    const held = state.held.filter((_, index) => index !== state.at);
    set({ held, at: 0 });
  },
  expired(): void {
    ended = true;
    session.leave();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: (): State => state,
};

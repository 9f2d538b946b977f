// Who is at the desk. A person signs in with name and PIN: what lets them in is a cookie that no script can read, and a new
// tab or the next morning finds them here. Keys live in this tab alone (sessionStorage) and are gone with it; several may be
// held, one a tenant, to switch between them.
import type { Session } from '../api/generated';

export type Right = Session['rights'][number];
export type Role = NonNullable<Session['role']>;

export interface Held {
  key: string;           // empty: a person, by the cookie
  tenant: string;
  scope: 'read' | 'write' | 'admin';
  label: string;
  role?: Role | null;
  rights?: Right[];      // a session of an earlier version holds none
  idle_minutes?: number | null;
  time_zone?: string;    // the spa's
  booking_url?: string | null;  // where a booking is made by hand
}

interface State {
  held: Held[];
  at: number;
  locked: boolean;
}

const place = 'aremko.session';
const signed = 'aremko.signed';  // that somebody signed in with this browser; says nothing of whom
const listeners = new Set<() => void>();

function read(): State {
  try {
    const state = JSON.parse(sessionStorage.getItem(place) ?? 'null') as State | null;
    if (state && Array.isArray(state.held)) return { ...state, locked: state.locked === true };
  } catch {
    // Nothing usable is held: the door is shown.
  }
  return { held: [], at: 0, locked: false };
}

let state = read();
let ended = false;

function mark(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: the session lasts as long as the page.
  }
}

function set(next: State): void {
  state = next;
  try {
    if (next.held.length > 0) sessionStorage.setItem(place, JSON.stringify(next));
    else sessionStorage.removeItem(place);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

const of_scope: Record<Held['scope'], Right[]> = {
  read: [], write: ['contacts', 'deciding', 'sending'], admin: ['contacts', 'exporting', 'deciding', 'sending', 'settings'],
};

export const heldOf = (key: string, who: Session): Held => ({
  key, tenant: who.tenant, scope: who.scope, label: who.label, role: who.role, rights: who.rights, idle_minutes: who.idle_minutes, time_zone: who.time_zone, booking_url: who.booking_url,
});

export const session = {
  current: (): Held | undefined => state.held[state.at],
  held: (): readonly Held[] => state.held,
  /** Whether whoever is here has that right; the server asks for it anyway. */
  may(right: Right): boolean {
    const who = state.held[state.at];
    return who !== undefined && (who.rights ?? of_scope[who.scope]).includes(right);
  },
  canWrite: (): boolean => session.may('deciding'),
  isPerson: (): boolean => state.held[state.at]?.key === '',
  isLocked: (): boolean => state.locked,
  /** The last one ended because the server no longer knew its key. */
  wasExpired: (): boolean => ended,
  /** Somebody signed in with this browser: the server knows whether they still are. */
  mayBeSignedIn: (): boolean => {
    try {
      return localStorage.getItem(signed) !== null;
    } catch {
      return false;
    }
  },

  enter(one: Held): void {
    ended = false;
    if (one.key === '') mark(signed, String(Date.now()));
    const others = state.held.filter((held) => held.tenant !== one.tenant);
    set({ held: [...others, one], at: others.length, locked: false });
  },
  switchTo(tenant: string): void {
    const at = state.held.findIndex((held) => held.tenant === tenant);
    if (at >= 0) set({ ...state, at });
  },
  leave(): void {
    if (session.isPerson()) mark(signed, null);
    const held = state.held.filter((_, index) => index !== state.at);
    set({ held, at: 0, locked: false });
  },
  /** The page stays as it is, and asks for the PIN. */
  lock(): void {
    if (session.isPerson() && !state.locked) set({ ...state, locked: true });
  },
  expired(): void {
    if (session.isPerson()) {
      session.lock();
      return;
    }
    ended = true;
    session.leave();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  snapshot: (): State => state,
};

/** Another tab's person came in again, or left. */
window.addEventListener('storage', (event) => {
  if (event.key !== signed || !session.isPerson()) return;
  if (event.newValue === null) session.leave();
  else if (state.locked) listeners_of_return.forEach((listener) => listener());
});
const listeners_of_return = new Set<() => void>();
export function onReturn(listener: () => void): () => void {
  listeners_of_return.add(listener);
  return () => listeners_of_return.delete(listener);
}

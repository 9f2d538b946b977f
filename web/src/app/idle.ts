// Whether somebody is there: a page that asks by itself is no sign of life, and one that nobody touched asks for the PIN.
import { useEffect } from 'react';
import { session } from './session';

const place = 'aremko.active';  // shared by all tabs
const written_every_ms = 5_000, looked_every_ms = 1_000, at_hand_ms = 60_000;
let last = Date.now();
let written = 0;

function touched(): void {
  last = Date.now();
  if (last - written < written_every_ms) return;
  written = last;
  try {
    localStorage.setItem(place, String(last));
  } catch {
    // This tab counts for itself.
  }
}
for (const name of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus']) window.addEventListener(name, touched, { capture: true, passive: true });

function lastAnywhere(): number {
  try {
    return Math.max(last, Number(localStorage.getItem(place)) || 0);
  } catch {
    return last;
  }
}

export const atHand = (): boolean => Date.now() - lastAnywhere() < at_hand_ms;

/** Locks whoever signed in once nobody has touched any of their tabs for as long as the house says. */
export function useIdleLock(lock: () => void): void {
  useEffect(() => {
    const timer = window.setInterval(() => {
      const minutes = session.isPerson() && !session.isLocked() ? session.current()?.idle_minutes : null;
      if (minutes && Date.now() - lastAnywhere() >= minutes * 60_000) lock();
    }, looked_every_ms);
    return () => clearInterval(timer);
  }, [lock]);
}

// Who has been chosen to be written to, by id, in memory alone: looking at a guest or at another page loses nobody.
import type { PersonLine } from '../../api/generated';
import { session } from '../../app/session';

let tenant = '';
let chosen: ReadonlyMap<number, PersonLine> = new Map();

export function chosenNow(): ReadonlyMap<number, PersonLine> {
  const now = session.current()?.tenant ?? '';
  if (now !== tenant) chosen = new Map();  // nobody of another place
  tenant = now;
  return chosen;
}

export function keepChosen(next: ReadonlyMap<number, PersonLine>): void {
  chosen = next;
}

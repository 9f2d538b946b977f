// Where each list was left, in memory alone: whoever comes back to it finds the same row in the same place.
import { arrived } from '../app/router';

export interface Place {
  top: number;      // pixels of the table above what was in sight
  active: number;
  total: number;
}

const most = 40;
const places = new Map<string, Place>();
const last = new Map<string, string>();  // of each list, the question shown last

const key = (list: string, question: string): string => `${list} ${question}`;

/** Whoever asks anew begins at the top. */
export const placeOf = (list: string, question: string): Place | undefined => (arrived === 'back' ? places.get(key(list, question)) : undefined);

export function setPlace(list: string, question: string, place: Place): void {
  const full = key(list, question);
  places.delete(full);
  places.set(full, place);
  if (places.size > most) places.delete(places.keys().next().value as string);
  last.set(list, full);
}

/** The row that was looked at last, when the list itself was not in sight. */
export function keepPlace(address: string, active: number): void {
  const full = last.get(address.split('?')[0] as string) ?? '';
  const place = places.get(full);
  if (place) places.set(full, { ...place, active });
}

// Where each list was left, in memory alone: whoever comes back from a guest finds the same row in the same place.
export interface Place {
  question: string;
  top: number;      // pixels of the table above what was in sight
  active: number;
  total: number;
}

const places = new Map<string, Place>();

export const placeOf = (list: string, question: string): Place | undefined => {
  const place = places.get(list);
  return place?.question === question ? place : undefined;
};

export const setPlace = (list: string, place: Place): void => {
  places.set(list, place);
};

/** The row that was looked at last, when the list itself was not in sight. */
export function keepPlace(address: string, active: number): void {
  const list = address.split('?')[0] as string;
  const place = places.get(list);
  if (place) places.set(list, { ...place, active });
}

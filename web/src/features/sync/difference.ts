// Two names word by word: which words they share, which are nearly the same, and which stand in one alone.
export interface Word {
  text: string;
  how: 'same' | 'near' | 'only';
}

export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();

/** Letters to add, take away or change to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function likeness(a: string, b: string): number {
  if (a === b) return 2;
  const initial = (one: string, whole: string) => one.replace('.', '').length === 1 && whole.startsWith(one[0] ?? '?');
  if (initial(a, b) || initial(b, a)) return 1;
  return Math.min(a.length, b.length) >= 4 && distance(a, b) <= 2 ? 1 : 0;
}

/** Words are paired in whatever order they stand: "Soto, María" has all of "María Soto". The surest pairs come first. */
export function difference(left: string, right: string): { left: Word[]; right: Word[]; same: boolean; shared: boolean } {
  const split = (text: string): Word[] => text.split(/\s+/).filter(Boolean).map((word) => ({ text: word, how: 'only' }));
  const a = split(left), b = split(right);
  for (const wanted of [2, 1] as const) {
    for (const one of a) {
      if (one.how !== 'only') continue;
      const other = b.find((word) => word.how === 'only' && likeness(fold(one.text).replace(/,$/, ''), fold(word.text).replace(/,$/, '')) === wanted);
      if (other) one.how = other.how = wanted === 2 ? 'same' : 'near';
    }
  }
  const all = [...a, ...b];
  return { left: a, right: b, same: all.every((word) => word.how === 'same'), shared: all.some((word) => word.how !== 'only') };
}

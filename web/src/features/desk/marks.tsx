// What of a result answers to what was typed, in bold: beginnings of words, near spellings, and digits wherever they stand.
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether one is the other but for a letter or two: changed, left out, added or swapped. */
export function near(typed: string, word: string): boolean {
  const most = typed.length >= 7 ? 2 : typed.length >= 4 ? 1 : 0;
  if (most === 0 || Math.abs(typed.length - word.length) > most) return false;
  let before: number[] = [], last = Array.from({ length: word.length + 1 }, (_, index) => index);
  for (let i = 1; i <= typed.length; ++i) {
    const row = [i];
    for (let j = 1; j <= word.length; ++j) {
      const same = typed[i - 1] === word[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row[j] = cost;
    }
    [before, last] = [last, row];
  }
  return (last[word.length] ?? most + 1) <= most;
}

/** A name with the beginnings that were typed in bold, or the whole word that was typed with a slip. */
export function Marked({ text, query }: { text: string; query: string }) {
  const typed = fold(query).split(/\s+/).filter(Boolean);
  return (
    <>
      {text.split(/(\s+)/).map((word, index) => {
        const folded = fold(word);
        if (!folded.trim() || folded.length !== word.length) return word;
        const hit = typed.filter((one) => folded.startsWith(one)).sort((a, b) => b.length - a.length)[0];
        if (hit) return <span key={index}><mark>{word.slice(0, hit.length)}</mark>{word.slice(hit.length)}</span>;
        return typed.some((one) => near(one, folded)) ? <mark key={index}>{word}</mark> : word;
      })}
    </>
  );
}

/** A number with the digits that were typed in bold, through its spaces and points; the last such place, as people say endings. */
export function MarkedDigits({ text, query }: { text: string; query: string }) {
  const digits = query.replace(/[^\dkK]/g, '').toLowerCase();
  const at: number[] = [];
  let plain = '';
  for (let i = 0; i < text.length; ++i) {
    if (!/[\dkK]/.test(text[i] as string)) continue;
    at.push(i);
    plain += (text[i] as string).toLowerCase();
  }
  const wanted = [digits, digits.replace(/^56/, ''), digits.replace(/^(?:56)?9/, '')].find((one) => one.length >= 3 && plain.includes(one));
  if (!wanted) return <>{text}</>;
  const from = plain.lastIndexOf(wanted);
  const start = at[from] ?? 0, end = (at[from + wanted.length - 1] ?? 0) + 1;
  return <>{text.slice(0, start)}<mark>{text.slice(start, end)}</mark>{text.slice(end)}</>;
}

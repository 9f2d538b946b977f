import type { Comparison } from '../../api/generated';
import { asPercent, day } from '../../format';
import { useWords, words } from '../../i18n/language';

/** 27 % más, 6 % menos, igual. */
export function changed(value: number | null): string {
  const w = words().owner;
  if (value === null) return w.noChange;
  const text = asPercent(Math.abs(value));
  return value === 0 ? w.same : value > 0 ? w.more(text) : w.less(text);
}

export const signed = (value: number | null): string => (value === null ? '–' : `${value > 0 ? '+' : ''}${asPercent(value)}`);

const named = (sources: readonly string[]) => sources.map((one) => words().owner.sourceNames[one] ?? one).join(', ');

/** Which sources a comparison rests on, where it is not all of them. */
export function Basis({ of, filesEnd, whole = false }: { of: Comparison; filesEnd?: string | null; whole?: boolean }) {
  const w = useWords().owner;
  if (of.fuentes.length === 0) return <p className="small basis">{w.noCompare}</p>;
  if (of.sin_comparar.length === 0) return whole ? <p className="small basis plain">{w.everySource}</p> : null;
  return <p className="small basis">{filesEnd && of.sin_comparar.includes('legacy') ? w.filesEnd(day(filesEnd), named(of.fuentes)) : w.only(named(of.fuentes))}</p>;
}

import type { PersonLine } from '../../api/generated';
import { howLong, pesos } from '../../format';
import { language, words } from '../../i18n/language';

/** One part of a priority as one would say it; what the server says of whom nobody may write to, as it says it. */
function told(row: PersonLine, reason: PersonLine['priority_reasons'][number], asOf: string): string {
  const { lists, desk } = words();
  if (reason.code === 'tier' && reason.points >= 80) return lists.bestReason;
  if (reason.code === 'tier' && reason.points >= 60) return lists.goodReason;
  if (reason.code === 'value') return lists.spentReason(pesos(row.total_gastado));
  if (reason.code === 'loyalty') return desk.visits(row.total_visitas);
  if (reason.code === 'warmth') return row.ultima_visita ? lists.awayReason(howLong(row.ultima_visita, asOf)) : '';
  return (language() === 'es' ? reason.text : reason.text_en).replace(/\.$/, '');
}

/** Why somebody stands where they do: what weighs most first. */
export function reasonsOf(row: PersonLine, asOf: string): { code: string; points: number; text: string }[] {
  return [...row.priority_reasons].sort((a, b) => b.points - a.points)
    .map((one) => ({ code: one.code, points: one.points, text: told(row, one, asOf) })).filter((one) => one.text);
}

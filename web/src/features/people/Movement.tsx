import { useState } from 'react';
import { api } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { day as shown, monthsBefore, number } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem, Segmented, segmentClass } from '../../ui/parts';

const spans = ['3', '6', '12'] as const;

/** The largest streams of people between two days. */
export function Movement({ day }: { day: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const [months, setMonths] = useState<(typeof spans)[number]>('12');
  const from = monthsBefore(day, Number(months));
  const { data, error, reload } = useQuery(`movement ${from} ${asOf ?? ''}`, (signal) => api.segment_movement({ from, ...(asOf ? { as_of: asOf } : {}) }, { signal }), true);
  const moves = (data?.moves ?? []).filter((move) => move.from !== move.to).sort((a, b) => b.customers - a.customers);
  const moved = moves.filter((move) => move.from !== null).reduce((sum, move) => sum + move.customers, 0);
  const name = (segment: string | null) => (
    <span className="row clip" style={{ gap: '0.4rem' }}><span className={`dot ${segment ? segmentClass(segment) : ''}`} /><span className="clip">{segment ? words.segments.names[segment] : words.people.newcomers}</span></span>
  );
  return (
    <>
      <header><h2 id="movement-title">{words.people.movement}</h2>
        <Segmented label={words.people.since} value={months} choices={spans.map((one) => [one, words.people.monthsAgo(Number(one))] as const)} onChange={setMonths} />
        <p>{words.people.since} {shown(from)}{data ? `: ${words.people.movers(moved)}` : ''}</p></header>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={8} /> : moves.length === 0 ? <p className="muted small">{words.people.noMoves}</p> : (
        <ul className="flows">
          {moves.slice(0, 12).map((move) => (
            <li key={`${move.from} ${move.to}`} className="flow">
              {name(move.from)}<span className="arrow" aria-hidden="true">→</span><span className="visually-hidden">{words.people.moveTo}</span>{name(move.to)}<b className="num">{number(move.customers)}</b>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

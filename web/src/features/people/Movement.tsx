import { useState } from 'react';
import { api, type SegmentMove } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { go, href, setQuery, useAddress, useAsOf } from '../../app/router';
import { monthsBefore, number } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem, Segmented, segmentClass } from '../../ui/parts';
import { segment_order } from './segments';

const spans = ['3', '6', '12'] as const;
const first_shown = 9;

/** Who came into each segment and who left it. */
function Nets({ moves }: { moves: SegmentMove[] }) {
  const words = useWords();
  const signed = (value: number) => (value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : '0');
  const sum = (which: (move: SegmentMove) => boolean) => moves.filter(which).reduce((total, move) => total + move.customers, 0);
  return (
    <table className="plain-table nets">
      <thead><tr><th scope="col">{words.people.segment}</th><th scope="col" className="num">{words.lists.came}</th><th scope="col" className="num">{words.lists.left}</th><th scope="col" className="num">{words.lists.net}</th></tr></thead>
      <tbody>
        {segment_order.map((name) => {
          const came = sum((move) => move.to === name), left = sum((move) => move.from === name);
          return <tr key={name}><th scope="row">{words.segments.names[name]}</th><td className="num">{number(came)}</td><td className="num">{number(left)}</td><td className="num strong">{signed(came - left)}</td></tr>;
        })}
      </tbody>
    </table>
  );
}

/** The streams of people between two days; each opens its people. */
export function Movement({ day }: { day: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const { query } = useAddress();
  const [chosen, setChosen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const from = chosen ?? query.get('since') ?? monthsBefore(day, 12);
  const { data, error, reload } = useQuery(`movement ${from} ${asOf ?? ''}`, (signal) => api.segment_movement({ from, ...(asOf ? { as_of: asOf } : {}) }, { signal }), true);
  const moves = (data?.moves ?? []).filter((move) => move.from !== move.to).sort((a, b) => b.customers - a.customers);
  const moved = moves.filter((move) => move.from !== null).reduce((sum, move) => sum + move.customers, 0);
  const came = moves.filter((move) => move.from === null).reduce((sum, move) => sum + move.customers, 0);
  const span = spans.find((one) => monthsBefore(day, Number(one)) === from);
  const nameOf = (segment: string | null) => (segment ? words.segments.names[segment] ?? segment : words.people.newcomers);
  const label = (segment: string | null) => (
    <span className="row flow-side"><span className={`dot ${segment ? segmentClass(segment) : ''}`} /><span>{nameOf(segment)}</span></span>
  );
  const show = (move: SegmentMove) => {
    go(href('/clientes', { since: from, was: move.from ?? undefined, segment: move.to ?? undefined }));
    document.getElementById('people-title')?.scrollIntoView({ block: 'start' });
  };
  return (
    <>
      <header><h2 id="movement-title">{words.people.movement}</h2>
        <Segmented label={words.people.since} value={span ?? ''} choices={spans.map((one) => [one, words.people.monthsAgo(Number(one))] as const)} onChange={(one) => setChosen(monthsBefore(day, Number(one)))} />
      </header>
      <div className="row wrap two-days">
        <label className="field"><span>{words.people.since}</span><input className="input" type="date" value={from} min="1990-01-01" max={day} onChange={(event) => event.target.value && setChosen(event.target.value)} /></label>
        <label className="field"><span>{words.lists.until}</span><input className="input" type="date" value={day.slice(0, 10)} min="1990-01-01" onChange={(event) => event.target.value && setQuery({ as_of: event.target.value })} /></label>
      </div>
      <p className="small muted" role="status">{data ? words.people.movers(moved, came) : '…'}</p>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={8} /> : moves.length === 0 ? <p className="muted small">{words.people.noMoves}</p> : (
        <>
          <ul className="flows">
            {moves.slice(0, all ? moves.length : first_shown).map((move) => (
              <li key={`${move.from} ${move.to}`}>
                <button type="button" className="flow" disabled={move.to === null} title={words.lists.showThem} onClick={() => show(move)}>
                  {label(move.from)}<span className="arrow" aria-hidden="true">→</span><span className="visually-hidden">{words.people.moveTo}</span>{label(move.to)}<b className="num">{number(move.customers)}</b>
                </button>
              </li>
            ))}
          </ul>
          {moves.length > first_shown && <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>{all ? words.lists.fewer : words.lists.allMoves(moves.length)}</button>}
          <details className="more"><summary>{words.lists.nets}</summary><Nets moves={moves} /></details>
        </>
      )}
    </>
  );
}

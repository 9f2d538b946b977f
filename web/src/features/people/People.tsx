import { useState } from 'react';
import { api, type SegmentMap } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { setQuery, useAddress, useAsOf } from '../../app/router';
import { inMillions, millions, number, percent, pesos } from '../../format';
import type { Words } from '../../i18n/es';
import { useWords } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { Empty, Link, Loading, Problem, Segmented, segmentClass } from '../../ui/parts';
import { Movement } from './Movement';
import { PeopleTable } from './PeopleTable';
import { segment_order } from './segments';

export { segment_order } from './segments';
export type Measure = 'people' | 'money';

interface Sum {
  customers: number;
  money: number;
}

/** Frequency upwards, recency to the right, all money scores of a cell together. */
function gridOf(map: SegmentMap): Map<string, Sum> {
  const grid = new Map<string, Sum>();
  for (const cell of map.cells) {
    const key = `${cell.recency_score} ${cell.frequency_score}`;
    const sum = grid.get(key) ?? { customers: 0, money: 0 };
    sum.customers += cell.customers;
    sum.money += cell.ltv_total;
    grid.set(key, sum);
  }
  return grid;
}

/** What each score means, in words, by the steps that this place counts with. */
function axesOf(steps: SegmentMap['pasos'], words: Words): { recency: string[]; frequency: string[] } {
  const days = [...steps.dias].reverse(), visits = [...steps.visitas].reverse();  // of scores 2, 3, 4, 5
  const recency = ['', words.lists.longer(words.lists.spanOf(days[0] ?? 0)), ...days.map((value) => words.lists.within(words.lists.spanOf(value)))];
  const frequency = ['', words.lists.visitsUnder((visits[0] ?? 2) - 1), ...visits.map((value, index) => words.lists.visitsFrom(value, visits[index + 1] === undefined ? null : (visits[index + 1] as number) - 1))];
  return { recency, frequency };
}

function RfmMap({ map, measure }: { map: SegmentMap; measure: Measure }) {
  const words = useWords();
  const { query } = useAddress();
  const grid = gridOf(map);
  const valueOf = (sum: Sum | undefined) => (sum ? (measure === 'people' ? sum.customers : sum.money) : 0);
  const top = Math.max(1, ...[...grid.entries()].filter(([key]) => !key.startsWith('0')).map(([, sum]) => valueOf(sum)));
  const chosen = `${query.get('r') ?? ''} ${query.get('f') ?? ''}`;
  const { recency, frequency } = axesOf(map.pasos, words);
  return (
    <div className="map-wrap">
      <div className="map-axis-y" aria-hidden="true">{[5, 4, 3, 2, 1].map((score) => <span key={score}>{frequency[score]}</span>)}</div>
      <div className="map" role="group" aria-label={words.people.map}>
        {[5, 4, 3, 2, 1].flatMap((f) => [1, 2, 3, 4, 5].map((r) => {
          const sum = grid.get(`${r} ${f}`);
          const pressed = chosen === `${r} ${f}`;
          return (
            <button
              key={`${r} ${f}`} type="button" className="cell" aria-pressed={pressed} disabled={!sum}
              style={{ '--heat-share': sum ? 0.06 + 0.5 * Math.sqrt(valueOf(sum) / top) : 0 } as React.CSSProperties}
              data-cell={`${r} ${f}`}
              title={words.lists.cell(recency[r] ?? '', frequency[f] ?? '', sum?.customers ?? 0, millions(sum?.money ?? 0))}
              onClick={() => setQuery(pressed ? { r: undefined, f: undefined } : { r: String(r), f: String(f) }, false)}
            >
              <span className="visually-hidden">{recency[r]}, {frequency[f]}: </span>
              {sum ? <>{measure === 'people' ? number(sum.customers) : inMillions(sum.money)} <small>{measure === 'people' ? inMillions(sum.money) : number(sum.customers)}</small></> : '·'}
            </button>
          );
        }))}
      </div>
      <div className="map-axis-x" aria-hidden="true">{[1, 2, 3, 4, 5].map((score) => <span key={score}>{recency[score]}</span>)}</div>
    </div>
  );
}

function Segments({ map }: { map: SegmentMap }) {
  const words = useWords();
  const { query } = useAddress();
  const people = Math.max(1, ...Object.values(map.segments).map((one) => one.customers));
  const money = Math.max(1, ...Object.values(map.segments).map((one) => one.ltv_total));
  return (
    <ul className="seg-list">
      {segment_order.map((name) => {
        const one = map.segments[name];
        if (!one) return null;
        const pressed = query.get('segment') === name;
        return (
          <li key={name}>
            <button type="button" className="seg" aria-pressed={pressed} title={words.segments.meaning[name]} onClick={() => setQuery({ segment: pressed ? undefined : name }, false)}>
              <span className="row"><span className={`dot ${segmentClass(name)}`} />{words.segments.names[name]}</span>
              <span className="two-bars" aria-hidden="true"><span className="bar"><i className={segmentClass(name)} style={{ width: `${(100 * one.customers) / people}%` }} /></span><span className="bar thin"><i className={segmentClass(name)} style={{ width: `${(100 * one.ltv_total) / money}%` }} /></span></span>
              <span className="seg-values"><b>{number(one.customers)} <span className="tiny muted">{percent(one.customers, map.total_customers)}</span></b><span className="tiny muted">{inMillions(one.ltv_total)} · {words.people.eachOf(pesos(one.ltv_promedio))}</span></span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export default function People() {
  const words = useWords();
  const asOf = useAsOf();
  const [measure, setMeasure] = useState<Measure>('people');
  const { data, error, reload } = useQuery(`map ${asOf ?? ''}`, (signal) => api.segment_map(asOf ? { as_of: asOf } : {}, { signal }), true);
  if (data?.total_customers === 0) return <div className="page-in"><div className="head"><h1>{words.people.title}</h1></div><Empty icon="people" title={words.firstTime.title}><span>{words.firstTime.nobody}</span><Link to="/resumen" className="button">{words.overview.sources}</Link></Empty></div>;
  return (
    <div className="page-in">
      <div className="head">
        <div><h1>{words.people.title}</h1><p>{data ? words.people.lead(data.total_customers, millions(data.ltv_total)) : '…'}</p></div>
      </div>
      {error ? <Problem error={error} retry={reload} /> : null}
      <div className="grid">
        <section className="card c4" aria-labelledby="map-title">
          <header><span className="titled"><h2 id="map-title">{words.people.map}</h2><How id="recency_score" name={words.guest.recency} /><How id="frequency_score" name={words.guest.frequency} /></span>
            <Segmented label={words.people.map} value={measure} choices={[['people', words.people.byPeople], ['money', words.people.byMoney]]} onChange={setMeasure} />
            <p>{words.people.mapHint}</p></header>
          {data ? <RfmMap map={data} measure={measure} /> : <Loading lines={6} height="2.6rem" />}
        </section>
        <section className="card c4" aria-labelledby="segments-title">
          <header><Title id="segments-title" how="segment">{words.people.segments}</Title><span className="tiny muted">{words.people.byPeople} · {words.people.byMoney} · {words.people.averageEach}</span></header>
          {data ? <Segments map={data} /> : <Loading lines={9} height="1.8rem" />}
        </section>
        <section className="card c4" aria-labelledby="movement-title">{data ? <Movement day={data.as_of} /> : <Loading lines={8} />}</section>
      </div>
      <PeopleTable />
    </div>
  );
}

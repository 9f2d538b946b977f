import { lazy, Suspense, useState } from 'react';
import { api, type Activity, type ActivityMonth, type SourceStatus, type StatsOverview } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useSources } from '../../api/useSources';
import { useAsOf } from '../../app/router';
import { number, percent, pesos, shortMonth, shortPesos } from '../../format';
import { useWords } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { Bar, Columns, Link, Loading, Problem, Segmented, segmentClass } from '../../ui/parts';
import { segment_order } from '../people/People';

// The charts come after the page, and only here.
const Series = lazy(() => import('./Series'));

function Kpi({ id, name, value, more }: { id: string; name: string; value: string; more?: string }) {
  return <div className="card c3 kpi"><span className="small muted">{name} <How id={id} name={name} /></span><strong>{value}</strong>{more && <span className="tiny muted">{more}</span>}</div>;
}

const sum = (months: ActivityMonth[], pick: (month: ActivityMonth) => number) => months.reduce((all, month) => all + pick(month), 0);

function Kpis({ overview, activity }: { overview: StatsOverview; activity: Activity | undefined }) {
  const words = useWords();
  const o = words.overview;
  // The month that is running is no whole one: it is shown in the chart, and left out here.
  const year = activity?.months.slice(-13, -1) ?? [], before = activity?.months.slice(-25, -13) ?? [];
  const against = (pick: (month: ActivityMonth) => number) => {
    const now = sum(year, pick), then = sum(before, pick);
    if (before.length < 12 || then === 0) return undefined;
    const change = Math.round((100 * (now - then)) / then);
    return o.versus(change === 0 ? o.same : change > 0 ? o.more(`${change} %`) : o.less(`${-change} %`));
  };
  const current = overview.current_database;
  const kpi = (id: string, name: string, value: string, more?: string) => <Kpi id={id} name={name} value={value} {...(more ? { more } : {})} />;
  return (
    <>
      {kpi('total_customers', o.customers, number(current.total_customers), `${o.inactive}: ${number(current.inactive_12_months)} (${percent(current.inactive_12_months, current.total_customers)})`)}
      {kpi('total_gastado', o.money, activity ? shortPesos(sum(year, (month) => month.gastado)) : '…', against((month) => month.gastado))}
      {kpi('total_visitas', o.visits, activity ? number(sum(year, (month) => month.visitas)) : '…', against((month) => month.visitas))}
      {kpi('primera_visita', o.newPeople, activity ? number(sum(year, (month) => month.personas_nuevas)) : '…', against((month) => month.personas_nuevas))}
    </>
  );
}

function Hours({ activity }: { activity: Activity }) {
  const words = useWords();
  const hours = Array.from({ length: 14 }, (_, index) => index + 9);
  const top = Math.max(1, ...activity.visits_by_weekday_and_hour.flat());
  return (
    <div className="hours" role="group" aria-label={words.overview.hours}>
      <span />{hours.map((hour) => <span key={hour} aria-hidden="true">{hour}</span>)}
      {activity.visits_by_weekday_and_hour.map((row, weekday) => [
        <span key={`d${weekday}`} className="weekday">{(words.overview.weekdays[weekday] ?? '').slice(0, 3)}</span>,
        ...hours.map((hour) => {
          const text = words.overview.hourCell(words.overview.weekdays[weekday] ?? '', hour, row[hour] ?? 0);
          return <i key={`${weekday} ${hour}`} role="img" aria-label={text} title={text} style={{ '--heat-share': (0.85 * (row[hour] ?? 0)) / top } as React.CSSProperties} />;
        }),
      ])}
    </div>
  );
}

function Completeness({ overview }: { overview: StatsOverview }) {
  const words = useWords();
  const o = words.overview;
  const all = overview.current_database.total_customers, legacy = overview.legacy_data.total_customers;
  const rows: [string, number, number][] = [
    [o.withPhone, overview.data_completeness.current_with_phone, all], [o.withEmail, overview.data_completeness.current_with_email, all],
    [o.withRut, overview.data_completeness.current_with_rut, all], [o.withLegacy, overview.data_completeness.current_with_legacy, all],
    [o.legacyPhone, overview.legacy_data.with_phone, legacy], [o.legacyEmail, overview.legacy_data.with_email, legacy],
  ];
  return (
    <ul className="bars">
      {rows.map(([name, part, whole]) => (
        <li key={name}><span className="row between small"><span>{name}</span><span><b>{percent(part, whole)}</b> <span className="tiny muted">{o.of(number(part), number(whole))}</span></span></span><Bar share={whole ? part / whole : 0} /></li>
      ))}
    </ul>
  );
}

/** As they stand now, whatever day is looked at. */
function Sources({ sources }: { sources: SourceStatus[] }) {
  const words = useWords();
  const o = words.overview;
  return (
    <ul>
      {sources.map((source) => (
        <li key={source.name} className="source">
          <span className="row"><span className={source.ok ? 'light' : 'light off'} aria-hidden="true" /><b className="grow clip">{source.name}</b><span className="small">{source.ok ? o.ok : o.down}</span></span>
          <span className="tiny muted">{source.description} · {source.age_seconds === null ? o.never : o.age(source.age_seconds)}</span>
          <span className="tiny muted">{o.rows(source.rows_kept, source.rows_refused)}</span>
          {!source.ok && <span className="small">{source.detail}</span>}
        </li>
      ))}
    </ul>
  );
}

function Table({ months }: { months: ActivityMonth[] }) {
  const words = useWords();
  return (
    <details className="more"><summary>{words.overview.table}</summary>
      <table className="plain-table"><thead><tr><th scope="col">{words.overview.monthColumn}</th><th scope="col" className="num">{words.overview.visitsSeries}</th><th scope="col" className="num">{words.overview.sales}</th></tr></thead>
        <tbody>{[...months].reverse().map((month) => <tr key={month.month}><th scope="row">{shortMonth(Number(month.month.slice(5)) - 1)} {month.month.slice(0, 4)}</th><td className="num">{number(month.visitas)}</td><td className="num">{pesos(month.gastado)}</td></tr>)}</tbody>
      </table>
    </details>
  );
}

function Segments({ overview }: { overview: StatsOverview }) {
  const words = useWords();
  const all = overview.current_database.total_customers;
  return (
    <ul className="bars">
      {segment_order.map((name) => {
        const one = overview.segments[name];
        if (!one) return null;
        return <li key={name}><span className="row between small"><Link to="/clientes" query={{ segment: name }}>{words.segments.names[name]}</Link><span><b>{number(one.customers)}</b> <span className="tiny muted">{shortPesos(one.ltv_total)}</span></span></span><Bar share={one.customers / Math.max(1, all)} color={segmentClass(name)} /></li>;
      })}
    </ul>
  );
}

export default function Overview() {
  const words = useWords();
  const o = words.overview;
  const asOf = useAsOf();
  const at = asOf ? { as_of: asOf } : {};
  const [years, setYears] = useState<'2' | '5' | 'all'>('5');
  const overview = useQuery(`overview ${asOf ?? ''}`, (signal) => api.stats_overview(at, { signal }), true);
  const activity = useQuery(`activity ${asOf ?? ''}`, (signal) => api.stats_activity(at, { signal }), true);
  const sources = useSources();
  const months = activity.data?.months.slice(years === 'all' ? 0 : -12 * Number(years)) ?? [];
  const by_month = Object.values(activity.data?.visits_by_month ?? {});
  return (
    <div className="page-in">
      <div className="head"><h1>{o.title}</h1></div>
      {overview.error ? <Problem error={overview.error} retry={overview.reload} /> : null}
      {activity.error ? <Problem error={activity.error} retry={activity.reload} /> : null}
      <div className="grid">
        {overview.data ? <Kpis overview={overview.data} activity={activity.data} /> : <div className="c12"><Loading lines={3} height="2rem" /></div>}
        <section className="card c8" aria-labelledby="series">
          <header><h2 id="series">{o.series}</h2><Segmented label={o.range} value={years} choices={[['2', o.years(2)], ['5', o.years(5)], ['all', o.whole]]} onChange={setYears} /><p>{o.seriesHint}</p></header>
          <div className="chart">{months.length > 0 ? <Suspense fallback={<Loading lines={5} height="2.6rem" />}><Series months={months} /></Suspense> : !activity.error && <Loading lines={5} height="2.6rem" />}</div>
          {months.length > 0 && <Table months={months} />}
        </section>
        <section className="card c4" aria-labelledby="sources"><header><Title id="sources" how="age_seconds">{o.sources}</Title></header>{sources ? <Sources sources={sources} /> : <Loading lines={6} />}</section>
        <section className="card c4" aria-labelledby="year"><header><h2 id="year">{o.year}</h2><p>{o.yearHint}</p></header>
          {by_month.length > 0 ? <Columns label={o.year} height={150} columns={by_month.map((value, month) => ({ name: shortMonth(month).slice(0, 3), value, title: `${words.months[month]}: ${number(value)}` }))} /> : <Loading />}</section>
        <section className="card c4" aria-labelledby="hours"><header><h2 id="hours">{o.hours}</h2><p>{o.hoursHint}</p></header>{activity.data ? <Hours activity={activity.data} /> : <Loading />}</section>
        <section className="card c4" aria-labelledby="complete"><header><Title id="complete" how="data_completeness">{o.complete}</Title></header>{overview.data ? <Completeness overview={overview.data} /> : <Loading lines={6} />}</section>
        <section className="card c4" aria-labelledby="segments"><header><Title id="segments" how="segment">{o.segments}</Title><Link to="/clientes" className="small">{o.all}</Link></header>{overview.data ? <Segments overview={overview.data} /> : <Loading lines={9} />}</section>
        <section className="card c4" aria-labelledby="cities"><header><h2 id="cities">{o.cities}</h2></header>
          {overview.data ? <ul className="bars">{overview.data.legacy_data.top_cities.map(([city, people]) => <li key={city}><span className="row between small"><span>{city}</span><b>{number(people)}</b></span><Bar share={people / (overview.data?.legacy_data.top_cities[0]?.[1] ?? 1)} /></li>)}</ul> : <Loading />}</section>
        <section className="card c4" aria-labelledby="legacy"><header><h2 id="legacy">{o.legacy}</h2></header>
          {overview.data ? <dl className="pairs">
            <div><dt>{o.legacyPeople}</dt><dd>{number(overview.data.legacy_data.total_customers)} + {number(overview.data.legacy_data.services_only)}</dd></div>
            <div><dt>{o.services}</dt><dd>{number(overview.data.current_database.services_available)}</dd></div>
            <div><dt>{o.products}</dt><dd>{number(overview.data.current_database.products_available)}</dd></div>
            <div><dt>{o.staff}</dt><dd>{number(overview.data.staff_excluded)}</dd></div>
          </dl> : <Loading />}</section>
      </div>
    </div>
  );
}

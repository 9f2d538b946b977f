import { lazy, Suspense, useState } from 'react';
import { api, type Activity, type ActivityMonth, type SourceStatus, type StatsOverview } from '../../api/generated';
import { Unreachable } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useSources } from '../../api/useSources';
import { useAddress, useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { inMillions, number, percent, pesos, shortMonth, shortPesos } from '../../format';
import { useWords } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { forPeople } from '../../ui/loss';
import { Bar, Link, Loading, Problem, Segmented, segmentClass } from '../../ui/parts';
import { Basis, changed } from '../owner/compare';
import '../owner/owner.css';
import { segment_order } from '../people/segments';
import { Months, MonthsKey, SeasonsChart } from './Months';

// The owner's further pages come when they are asked for.
const Services = lazy(() => import('../owner/Services'));
const Guests = lazy(() => import('../owner/Guests'));
const Occupancy = lazy(() => import('../owner/Occupancy'));

function Kpi({ id, name, value, more }: { id: string; name: string; value: string; more?: string }) {
  return <div className="card c3 kpi"><span className="small muted">{name} <How id={id} name={name} /></span><strong>{value}</strong>{more && <span className="tiny muted">{more}</span>}</div>;
}

function Kpis({ overview, activity }: { overview: StatsOverview | undefined; activity: Activity | undefined }) {
  const words = useWords();
  const o = words.overview;
  const year = activity?.doce_meses;
  const against = (change: number | null | undefined) => (change === undefined || change === null ? words.owner.noChange : o.versus(changed(change)));
  const kpi = (id: string, name: string, value: string | undefined, more?: string) => <Kpi id={id} name={name} value={value ?? '…'} {...(more || !value ? { more: more || '\u00a0' } : {})} />;
  const current = overview?.current_database;
  return (
    <>
      {kpi('total_customers', o.customers, current && number(current.total_customers), current && `${o.inactive}: ${number(current.inactive_12_months)} (${percent(current.inactive_12_months, current.total_customers)})`)}
      {kpi('ventas', o.money, year && shortPesos(year.ventas), year && against(year.cambio_ventas))}
      {kpi('total_visitas', o.visits, year && number(year.visitas), year && against(year.cambio_visitas))}
      {kpi('comparacion', o.newPeople, year && number(year.personas_nuevas), year && against(year.cambio_personas_nuevas))}
      <div className="c12">{year && activity ? <Basis of={year.comparacion} filesEnd={activity.archivos_hasta} whole /> : <p className="small basis">&nbsp;</p>}</div>
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
          <span className="row"><span className={source.ok ? 'light' : 'light off'} aria-hidden="true" /><b className="grow clip" title={source.name}>{words.sources.names[source.name] ?? source.name}</b><span className="small">{source.ok ? o.ok : o.down}</span></span>
          <span className="tiny muted">{source.description} · {source.age_seconds === null ? o.never : o.age(source.age_seconds)}</span>
          <span className="tiny muted">{o.rows(source.rows_kept, source.rows_refused)}</span>
          {!source.ok && <span className="small">{forPeople(source.detail ?? '')}</span>}
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
        return <li key={name}><span className="row between small"><Link to="/clientes" query={{ segment: name }}>{words.segments.names[name]}</Link><span><b>{number(one.customers)}</b> <span className="tiny muted">{inMillions(one.ltv_total)}</span></span></span><Bar share={one.customers / Math.max(1, all)} color={segmentClass(name)} /></li>;
      })}
    </ul>
  );
}

/** Why the months and the customers come to different sums. */
function TwoTotals({ activity, overview }: { activity: Activity; overview: StatsOverview }) {
  const w = useWords().owner;
  const customers = Object.values(overview.segments).reduce((sum, one) => sum + one.ltv_total, 0);
  if (activity.total_gastado === customers) return null;
  return <p className="tiny muted">{w.twoTotals(pesos(activity.total_gastado), pesos(customers), pesos(activity.gastado_sin_cliente), pesos(activity.gastado_sin_fecha))}</p>;
}

/** Sales and visits by month, each by itself. */
function Series({ activity, overview }: { activity: Activity | undefined; overview: StatsOverview | undefined }) {
  const words = useWords();
  const o = words.overview;
  const [years, setYears] = useState<'2' | '5' | 'all'>('5');
  const months = activity?.months.slice(years === 'all' ? 0 : -12 * Number(years)) ?? [];
  return (
    <section className="card c8" aria-labelledby="series">
      <header><Title id="series" how="ventas">{o.series}</Title><Segmented label={o.range} value={years} choices={[['2', o.years(2)], ['5', o.years(5)], ['all', o.whole]]} onChange={setYears} /><p>{o.seriesHint}</p></header>
      <div className="chart">
        {activity ? <>
          <h3>{o.sales}</h3>
          <Months months={months} value={(month) => month.gastado} legacy={(month) => month.gastado_legacy} show={shortPesos} label={words.owner.salesByMonth} filesEnd={activity.archivos_hasta} />
          <h3>{o.visitsSeries}</h3>
          <Months months={months} value={(month) => month.visitas} legacy={(month) => month.visitas_legacy} show={number} label={words.owner.visitsByMonth} filesEnd={activity.archivos_hasta} />
          <MonthsKey months={months} />
        </> : <Loading lines={10} height="2.1rem" />}
      </div>
      {months.length > 0 && <Table months={months} />}
      {activity && overview && <TwoTotals activity={activity} overview={overview} />}
    </section>
  );
}

function Made({ overview }: { overview: StatsOverview }) {
  const words = useWords();
  const o = words.overview, w = words.owner;
  const rows: [string, number][] = [
    [w.fileCustomers, overview.legacy_data.total_customers], [w.fileServices, overview.legacy_data.services_only],
    [o.services, overview.current_database.services_available], [o.products, overview.current_database.products_available], [o.staff, overview.staff_excluded],
  ];
  return <dl className="pairs">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{number(value)}</dd></div>)}</dl>;
}

/** A house whose sources hold nobody yet: what to do first, instead of noughts. */
function FirstTime() {
  const w = useWords().firstTime;
  return (
    <section className="card c8" aria-labelledby="first-time">
      <h2 id="first-time">{w.title}</h2>
      <ol className="first-steps">{w.steps.map((one) => <li key={one}>{one}</li>)}</ol>
      <span className="row wrap"><Link to="/sincronizacion" query={{ part: 'health' }} className="button">{w.data}</Link><Link to="/sincronizacion" className="button">{w.sync}</Link>{session.may('settings') && <Link to="/ajustes" className="button">{w.people}</Link>}</span>
    </section>
  );
}

function Business() {
  const words = useWords();
  const o = words.overview;
  const asOf = useAsOf();
  const at = asOf ? { as_of: asOf } : {};
  const overview = useQuery(`overview ${asOf ?? ''}`, (signal) => api.stats_overview(at, { signal }), true);
  const activity = useQuery(`activity ${asOf ?? ''}`, (signal) => api.stats_activity(at, { signal }), true);
  const { data: standing, error: asking, reload: askSources } = useSources();
  // Where the server itself does not answer, nobody knows how the sources stand now.
  const lost = asking ?? [overview.error, activity.error].find((one) => one instanceof Unreachable);
  const sourcesCard = <section className="card c4 sources-card" aria-labelledby="sources"><header><Title id="sources" how="age_seconds">{o.sources}</Title></header>{lost ? <Problem error={lost} {...(asking ? { retry: askSources } : {})} /> : standing ? <Sources sources={standing.sources} /> : <Loading lines={6} />}</section>;
  const nobody = overview.data && overview.data.current_database.total_customers + overview.data.legacy_data.total_customers + overview.data.legacy_data.services_only === 0;
  const cities = overview.data?.current_database.top_cities ?? [];
  const most = cities[0]?.[1] ?? 1;
  return (
    <>
      {overview.error ? <Problem error={overview.error} retry={overview.reload} /> : null}
      {activity.error ? <Problem error={activity.error} retry={activity.reload} /> : null}
      {nobody && <div className="grid"><FirstTime />{sourcesCard}</div>}
      {!nobody && <div className="grid">
        <Kpis overview={overview.data} activity={activity.data} />
        <Series activity={activity.data} overview={overview.data} />
        {sourcesCard}
        <section className="card c4 seasons-card" aria-labelledby="year"><header><Title id="year" how="temporadas">{o.year}</Title><p>{seasonsHint(activity.data, words.owner)}</p></header>
          {activity.data ? <SeasonsChart seasons={activity.data.temporadas} /> : <Loading lines={7} />}</section>
        <section className="card c4 hours-card" aria-labelledby="hours"><header><h2 id="hours">{o.hours}</h2><p>{o.hoursHint}</p></header>{activity.data ? <Hours activity={activity.data} /> : <Loading lines={7} />}</section>
        <section className="card c4 complete-card" aria-labelledby="complete"><header><Title id="complete" how="data_completeness">{o.complete}</Title></header>{overview.data ? <Completeness overview={overview.data} /> : <Loading lines={6} />}</section>
        <section className="card c4 segments-card" aria-labelledby="segments"><header><Title id="segments" how="segment">{o.segments}</Title><Link to="/clientes" className="small">{o.all}</Link></header>{overview.data ? <Segments overview={overview.data} /> : <Loading lines={9} />}</section>
        <section className="card c4 segments-card" aria-labelledby="cities"><header><h2 id="cities">{words.owner.cities}</h2></header>
          {overview.data ? <ul className="bars">{cities.map(([city, people]) => <li key={city}><span className="row between small"><span>{city}</span><b>{number(people)}</b></span><Bar share={people / most} /></li>)}</ul> : <Loading lines={9} />}</section>
        <section className="card c4 segments-card" aria-labelledby="made"><header><h2 id="made">{words.owner.made}</h2></header>{overview.data ? <Made overview={overview.data} /> : <Loading lines={5} />}</section>
      </div>}
    </>
  );
}

function seasonsHint(activity: Activity | undefined, w: ReturnType<typeof useWords>['owner']): string {
  const years = activity?.temporadas.anos ?? [];
  const first = years[0], last = years.at(-1);
  return first === undefined || last === undefined ? '' : w.seasonsHint(first, last, activity?.temporadas.solo_agenda ?? false);
}

const parts = ['summary', 'services', 'guests', 'occupancy'] as const;
const addresses: Record<(typeof parts)[number], string | undefined> = { summary: undefined, services: 'servicios', guests: 'clientes', occupancy: 'ocupacion' };

export default function Overview() {
  const words = useWords();
  const { query } = useAddress();
  const named = query.get('parte');
  const part = parts.find((one) => addresses[one] === named) ?? 'summary';
  return (
    <div className="page-in overview">
      <div className="head"><h1>{words.overview.title}</h1>
        <nav className="parts" aria-label={words.owner.parts}>{parts.map((one) => <Link key={one} to="/resumen" query={{ parte: addresses[one] }} {...(one === part ? { 'aria-current': 'page' as const } : {})}>{words.owner[one]}</Link>)}</nav></div>
      <Suspense fallback={<div className="card tall"><Loading lines={12} height="1.8rem" /></div>}>
        {part === 'services' ? <Services /> : part === 'guests' ? <Guests /> : part === 'occupancy' ? <Occupancy /> : <Business />}
      </Suspense>
    </div>
  );
}

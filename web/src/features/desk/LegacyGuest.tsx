import { useEffect, useRef } from 'react';
import { api, type LegacyProfile } from '../../api/generated';
import { ApiError } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { ago, day, initials, monthYear, number, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { Bar, copyText, Empty, Link, Loading, Problem, SegmentChip, segmentClass } from '../../ui/parts';
import { Candidates } from './Candidates';
import { Back, Contacts } from './Guest';
import { sawGuest } from './lately';
import { VisitList } from './Timeline';
import './records.css';

const digits = (telephone: string) => telephone.replace(/\D/g, '');

function Head({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const who = profile.basic_info;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const first = profile.statistics.primera_visita;
  return (
    <header className="guest-head">
      <span className={`face ${segmentClass(profile.rfm_analysis.segment)}`} aria-hidden="true">{initials(who.nombre)}</span>
      <div className="grow stack-s">
        <div className="row wrap">
          <h1 className="guest-name" ref={heading} tabIndex={-1}>{who.nombre || '–'}</h1>
          {profile.statistics.total_visitas > 0 && <SegmentChip segment={profile.rfm_analysis.segment} />}
          <span className="tag legacy">{words.guest.legacyTitle}</span>
        </div>
        <p className="small muted">
          {[first ? words.guest.since(monthYear(first)) : words.guest.never,
            who.origin === 'customers_file' ? `${words.decisions.record} ${profile.legacy_id}` : words.decisions.onlyServices].join(' · ')}
        </p>
        <Contacts who={who} />
        {who.telefono && digits(who.telefono).length >= 9 && session.canWrite() && (
          <p className="no-print"><a className="button tight" href={`https://wa.me/${digits(who.telefono)}`} target="_blank" rel="noreferrer noopener"><Icon name="chat" size={16} />{words.guest.whatsapp}</a></p>
        )}
        {profile.customer_id !== null
          ? <p><Link to={`/clientes/${profile.customer_id}`} className="button">{words.guest.goCustomer}</Link></p>
          : <p className="small muted">{words.guest.legacyNote}</p>}
      </div>
    </header>
  );
}

function Numbers({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const s = profile.statistics;
  const cells: [string, string, string, string][] = [
    ['total_visitas', words.guest.visits, number(s.total_visitas), s.visitas_sin_fecha > 0 ? words.guest.undated(s.visitas_sin_fecha) : ''],
    ['total_gastado', words.guest.spent, pesos(s.total_gastado), s.total_visitas > 0 ? `${pesos(s.promedio_por_visita)} · ${words.guest.average.toLowerCase()}` : ''],
    ['ultima_visita', words.guest.last, day(s.ultima_visita), s.ultima_visita ? ago(s.ultima_visita, profile.as_of) : ''],
    ['primera_visita', words.guest.first, day(s.primera_visita), s.primera_visita ? ago(s.primera_visita, profile.as_of) : ''],
  ];
  return (
    <dl className="numbers card">
      {cells.map(([id, name, value, more]) => <div key={id}><dt>{name} <How id={id} name={name} /></dt><dd>{value}</dd><dd className="tiny muted">{more}</dd></div>)}
    </dl>
  );
}

function Favourites({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const all = profile.service_preferences.slice(0, 6);
  const top = all[0]?.veces_reservado ?? 1;
  if (all.length === 0) return null;
  return (
    <section className="card" aria-labelledby="favourites">
      <header><h2 id="favourites">{words.decisions.favourites}</h2></header>
      <ul className="bars">
        {all.map((one) => (
          <li key={one.servicio_nombre}>
            <span className="row between small"><span className="clip">{one.servicio_nombre}</span><span className="muted">{words.guest.times(one.veces_reservado)}</span></span>
            <Bar share={one.veces_reservado / top} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What can be done for who has no number in today's booking system. */
function InBookings({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const who = profile.basic_info;
  const details = [who.nombre, who.telefono, who.email, who.documento_identidad, who.ciudad].filter(Boolean).join('\n');
  return (
    <section className="card no-print" aria-labelledby="bookings">
      <header><h2 id="bookings">{words.decisions.legacyActs}</h2></header>
      <div className="record-acts">
        {who.origin === 'customers_file' && <button type="button" className="button" onClick={() => document.getElementById('who')?.scrollIntoView({ block: 'start' })}><Icon name="people" size={16} />{words.decisions.tie}</button>}
        <button type="button" className="button" onClick={() => copyText(details, words.guest.copied)}><Icon name="copy" size={16} />{words.decisions.create}</button>
      </div>
      <p className="tiny muted">{words.decisions.createHint}</p>
    </section>
  );
}

/** Somebody who stands in the old files alone: laid out as a guest of today, from the visits they had there. */
export default function LegacyGuest({ id }: { id: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const { data, error, reload } = useQuery(`legacy ${id} ${asOf ?? ''}`, (signal) => api.legacy_customer({ legacy_id: id, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const name = data?.basic_info.nombre;
  useEffect(() => {
    if (name !== undefined) sawGuest(`/historicos/${encodeURIComponent(id)}`, name);
  }, [id, name]);
  if (error instanceof ApiError && error.status === 404) return <><Back /><Empty icon="warn" title={error.message} /></>;
  if (error) return <><Back /><Problem error={error} retry={reload} /></>;
  if (!data) return <><Back /><Loading lines={8} height="2.2rem" /></>;
  return (
    <article className="guest" aria-label={data.basic_info.nombre}>
      <Back />
      <Head key={id} profile={data} />
      <Numbers profile={data} />
      <div className="guest-columns">
        <div className="stack">
          <section className="card" aria-labelledby="timeline">
            <header><h2 id="timeline">{words.guest.timeline}</h2><span className="tiny muted">{words.guest.timelineCount(data.statistics.total_visitas)}</span></header>
            {data.recent_reservations.length === 0 ? <p className="muted small">{words.guest.noVisits}</p> : <VisitList visits={data.recent_reservations} />}
          </section>
        </div>
        <div className="stack">
          {data.customer_id === null && <InBookings profile={data} />}
          {data.customer_id === null && data.basic_info.origin === 'customers_file' && <Candidates id={id} />}
          <Favourites profile={data} />
        </div>
      </div>
    </article>
  );
}

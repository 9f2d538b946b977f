import { useEffect, useState } from 'react';
import { api, type CustomerOffer, type LegacyProfile } from '../../api/generated';
import { ApiError } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { ago, day, monthYear, number, pesos } from '../../format';
import { useWords, type Language } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { copyText, Empty, Link, Loading, Problem, SegmentChip } from '../../ui/parts';
import { BookThere } from './BookThere';
import { Candidates, link_search } from './Candidates';
import { Back, Contacts } from './Guest';
import { Favourites, Rfm } from './Know';
import { sawGuest } from './lately';
import { NameBar } from './NameBar';
import { Offer, useMessageActs, whatsappOf, type Message } from './Offer';
import { Sides, Tabs } from './Sides';
import { VisitList } from './Timeline';
import './records.css';

function Head({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const who = profile.basic_info;
  const first = profile.statistics.primera_visita;
  return (
    <div className="guest-head stack-s">
      <p className="small muted">{[first ? words.guest.since(monthYear(first)) : words.guest.never, who.origin === 'customers_file' ? words.guest.fromFile[who.origin] : words.decisions.onlyServices].join(' · ')}</p>
      <Contacts who={who} />
      {profile.customer_id !== null
        ? <p><Link to={`/clientes/${profile.customer_id}`} className="button">{words.guest.goCustomer}</Link></p>
        : <p className="small muted">{words.guest.legacyNote}</p>}
    </div>
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

/** What can be done for who has no number in today's booking system. */
function InBookings({ profile }: { profile: LegacyProfile }) {
  const words = useWords();
  const who = profile.basic_info;
  const details = [who.nombre, who.telefono, who.email, who.documento_identidad, who.ciudad].filter(Boolean).join('\n');
  return (
    <section className="card no-print" aria-labelledby="bookings">
      <header><h2 id="bookings">{words.decisions.legacyActs}</h2></header>
      <div className="record-acts">
        {who.origin === 'customers_file' && <button type="button" className="button" onClick={() => document.getElementById(link_search)?.focus()}><Icon name="people" size={16} />{words.decisions.tie}</button>}
        <button type="button" className="button" onClick={() => copyText(details, words.guest.copied)}><Icon name="copy" size={16} />{words.decisions.create}</button>
        <BookThere />
      </div>
      <p className="tiny muted">{words.decisions.createHint}</p>
    </section>
  );
}

/** What to write to them, from their visits in the files. */
function useLegacyMessage(profile: LegacyProfile | undefined, tongue: Language): { offer: CustomerOffer | undefined; message: Message } {
  const asOf = useAsOf();
  const alone = profile !== undefined && profile.customer_id === null;
  const query = useQuery(alone ? `legacy offer ${profile.legacy_id} ${asOf ?? ''}` : null,
    (signal) => api.legacy_offer({ legacy_id: profile?.legacy_id ?? '', ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const text = (tongue === 'es' ? query.data?.mensaje : query.data?.mensaje_en) ?? '';
  return {
    offer: query.data,
    message: { text, whatsapp: whatsappOf(profile?.basic_info.telefono, query.data, text), pending: alone && !query.data && !query.error, writable: true, gift: null, error: query.error, reload: query.reload },
  };
}

/** Somebody who stands in the old files alone: laid out as a guest of today, from the visits they had there. */
export default function LegacyGuest({ id }: { id: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const [tongue, setTongue] = useState<Language>('es');
  const { data, error, reload } = useQuery(`legacy ${id} ${asOf ?? ''}`, (signal) => api.legacy_customer({ legacy_id: id, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const { offer, message } = useLegacyMessage(data, tongue);
  useMessageActs(message);
  const name = data?.basic_info.nombre;
  useEffect(() => {
    if (name !== undefined) sawGuest(`/historicos/${encodeURIComponent(id)}`, name);
  }, [id, name]);
  if (error instanceof ApiError && error.status === 404) return <><Back /><Empty icon="warn" title={error.message} /></>;
  if (error) return <><Back /><Problem error={error} retry={reload} /></>;
  if (!data) return <><Back /><Loading lines={8} height="2.2rem" /></>;
  const alone = data.customer_id === null;
  return (
    <article className="guest" aria-label={data.basic_info.nombre}>
      <Back />
      <NameBar key={id} who={data.basic_info} segment={data.rfm_analysis.segment} message={message}>
        {data.statistics.total_visitas > 0 && <SegmentChip segment={data.rfm_analysis.segment} />}
        <span className="tag legacy">{words.guest.legacyTitle}</span>
      </NameBar>
      <Head profile={data} />
      <Numbers profile={data} />
      <Sides
        main={(
          <section className="card" aria-labelledby="timeline">
            <header><h2 id="timeline">{words.guest.timeline}</h2><span className="tiny muted">{words.guest.timelineCount(data.statistics.total_visitas)}</span></header>
            {data.recent_reservations.length === 0 ? <p className="muted small">{words.guest.noVisits}</p> : <VisitList visits={data.recent_reservations} />}
          </section>
        )}
        side={(
          <Tabs
            attend={<>
              {alone && (offer ? <Offer offer={offer} message={message} tongue={tongue} setTongue={setTongue} who={data.basic_info} /> : message.error ? <Problem error={message.error} retry={message.reload} /> : <div className="card"><Loading lines={6} /></div>)}
              {alone && <InBookings profile={data} />}
              {alone && data.basic_info.origin === 'customers_file' && <Candidates id={id} />}
              <Favourites profile={data} />
            </>}
            know={<Rfm profile={data} />}
          />
        )}
      />
    </article>
  );
}

import { useEffect, useState } from 'react';
import { api, type BasicInfo, type CustomerProfile } from '../../api/generated';
import { ApiError } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { ago, clock, day, daysBetween, monthYear, number, pesos, phone, rut } from '../../format';
import { language, useWords, type Language } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon, type IconName } from '../../ui/icons';
import { copyText, Empty, Link, Loading, Problem, SegmentChip } from '../../ui/parts';
import { Gifts, Notes, OtherSales, Spent, Surveys } from './Extras';
import { First } from './First';
import { Know } from './Know';
import { sawGuest } from './lately';
import { Offer, useMessage, useMessageActs } from './Offer';
import { NameBar } from './NameBar';
import { Records } from './Records';
import { Sides, Tabs } from './Sides';
import { Timeline, VisitCard } from './Timeline';
import { Merged, Twin } from './Twin';

function ContactLine({ icon, label, shown, copy, to }: { icon: IconName; label: string; shown: string; copy: string; to?: string }) {
  const words = useWords();
  return (
    <li className="contact">
      <Icon name={icon} size={17} />
      <span className="visually-hidden">{label}</span>
      {to ? <a href={to} className="whole">{shown}</a> : <span className="whole">{shown}</span>}
      <button type="button" className="button quiet icon tight no-print" aria-label={`${words.guest.copy}: ${label}`} title={words.guest.copy} onClick={() => copyText(copy, words.guest.copied)}><Icon name="copy" size={15} /></button>
    </li>
  );
}

export function Contacts({ who }: { who: Pick<BasicInfo, 'telefono' | 'email' | 'documento_identidad' | 'ciudad' | 'region'> }) {
  const words = useWords();
  if (!who.telefono && !who.email && !who.documento_identidad && !who.ciudad) return <p className="muted small">{words.guest.noContact}</p>;
  return (
    <ul className="contacts">
      {who.telefono && <ContactLine icon="phone" label={words.guest.phone} shown={phone(who.telefono)} copy={who.telefono} to={`tel:${who.telefono}`} />}
      {who.email && <ContactLine icon="mail" label={words.guest.email} shown={who.email} copy={who.email} to={`mailto:${who.email}`} />}
      {who.documento_identidad && <ContactLine icon="card" label={words.guest.document} shown={rut(who.documento_identidad)} copy={who.documento_identidad} />}
      {who.ciudad && <li className="contact"><Icon name="pin" size={17} /><span className="visually-hidden">{words.guest.city}</span><span className="whole">{[who.ciudad, who.region].filter((part, index, all) => part && all.indexOf(part) === index).join(', ')}</span></li>}
    </ul>
  );
}

function Numbers({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const s = profile.statistics;
  const both = s.visitas_por_fuente.legacy > 0;
  const cells: [string, string, string, string][] = [
    ['total_visitas', words.guest.visits, number(s.total_visitas), both ? words.guest.bySource(s.visitas_por_fuente.current, s.visitas_por_fuente.legacy) : words.guest.lastYear(s.visitas_ultimo_ano)],
    ['total_gastado', words.guest.spent, pesos(s.total_gastado), `${pesos(s.promedio_por_visita)} · ${words.guest.average.toLowerCase()}`],
    ['ultima_visita', words.guest.last, day(s.ultima_visita), profile.ojo.en_curso ? words.guest.inProgress(clock(profile.ojo.en_curso)) : s.ultima_visita ? ago(s.ultima_visita, profile.as_of) : ''],
    ['proxima_visita', words.guest.next, s.proxima_visita ? day(s.proxima_visita) : '–', s.proxima_visita ? [words.guest.inDays(daysBetween(profile.as_of, s.proxima_visita)), clock(s.proxima_visita)].filter(Boolean).join(', ') : words.guest.noNext],
  ];
  return (
    <dl className="numbers card">
      {cells.map(([id, name, value, more]) => <div key={id}><dt>{name} <How id={id} name={name} /></dt><dd>{value}</dd><dd className="tiny muted">{more}</dd></div>)}
    </dl>
  );
}

/** The ways in which they may not be written to, and why; what is shut for one reason stands together. */
function Closed({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const why = new Map<string, string[]>();
  for (const one of profile.contacto.cerrados) {
    const text = language() === 'es' ? one.texto : one.texto_en;
    why.set(text, [...(why.get(text) ?? []), words.people.channels[one.canal] ?? one.canal]);
  }
  // Their word stands even while there is no number that it would close.
  const refused = profile.basic_info.opt_out_whatsapp && !profile.contacto.cerrados.some((one) => one.canal === 'whatsapp');
  if (why.size === 0 && !refused) return null;
  return (
    <ul className="stack-s">
      {[...why].map(([text, ways]) => <li key={text} className="row"><span className="tag bad long"><span>{words.guest.closed(ways.join(', '))} {text}</span></span><How id="consent" name={words.guest.closed(ways.join(', '))} /></li>)}
      {refused && <li><span className="tag bad">{words.guest.optedOut}</span></li>}
    </ul>
  );
}

function Head({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const who = profile.basic_info;
  return (
    <div className="guest-head stack-s">
      <p className="small muted">
        {[profile.statistics.primera_visita ? words.guest.since(monthYear(profile.statistics.primera_visita)) : words.guest.never, `${words.guest.number} ${who.id}`].join(' · ')}
      </p>
      <Contacts who={who} />
      {(profile.etiqueta_propia || profile.ultimo_mensaje) && (
        <p className="small muted">
          {[profile.etiqueta_propia && words.guest.ownLabel(profile.etiqueta_propia.etiqueta),
            profile.ultimo_mensaje?.fecha && words.guest.lastMessage(profile.ultimo_mensaje.entrante, words.guest.ways[profile.ultimo_mensaje.via] ?? profile.ultimo_mensaje.via, ago(profile.ultimo_mensaje.fecha, profile.as_of))].filter(Boolean).join(' · ')}
        </p>
      )}
      {who.es_staff && <p className="small">{words.guest.staff}</p>}
      <Closed profile={profile} />
    </div>
  );
}

export function Back() {
  const words = useWords();
  return <Link to="/" className="button quiet desk-back no-print"><Icon name="back" size={18} />{words.desk.back}</Link>;
}

export default function Guest({ id }: { id: number }) {
  const words = useWords();
  const asOf = useAsOf();
  const at = asOf ? { as_of: asOf } : {};
  const profile = useQuery(`profile ${id} ${asOf ?? ''}`, (signal) => api.customer_profile({ customer_id: id, ...at }, { signal }));
  const insights = useQuery(`insights ${id} ${asOf ?? ''}`, (signal) => api.customer_insights({ customer_id: id, ...at }, { signal }));
  const offer = useQuery(`offer ${id} ${asOf ?? ''}`, (signal) => api.customer_offer({ customer_id: id, ...at }, { signal }));
  const name = profile.data?.basic_info.nombre;
  useEffect(() => {
    if (name) sawGuest(`/clientes/${id}`, name);
  }, [id, name]);

  // The guest reads Spanish, whatever the desk's language, unless the desk knows better.
  const [tongue, setTongue] = useState<Language>('es');
  const message = useMessage(profile.data, offer.data, tongue);
  useMessageActs(message);

  if (profile.error instanceof ApiError && profile.error.status === 404) return <Gone text={profile.error.message} />;
  if (profile.error) return <><Back /><Problem error={profile.error} retry={profile.reload} /></>;
  if (!profile.data) return <><Back /><Loading lines={9} height="2.2rem" /></>;
  const data = profile.data;
  const staff = data.basic_info.es_staff;
  return (
    <article className="guest" aria-label={data.basic_info.nombre}>
      <Back />
      <NameBar who={data.basic_info} segment={data.rfm_analysis.segment} message={message}>
        {staff ? <span className="tag">{words.desk.staff}</span> : <SegmentChip segment={data.rfm_analysis.segment} visits={data.statistics.total_visitas} booked={data.statistics.proxima_visita !== null} />}
      </NameBar>
      <Head profile={data} />
      <Twin id={id} customer={data.customer_id} />
      <First profile={data} />
      <Notes profile={data} />
      <Numbers profile={data} />
      {data.gasto_explicado && <Spent explained={data.gasto_explicado} total={data.statistics.total_gastado} />}
      <Sides
        main={<>
          {data.upcoming_reservations.length > 0 && (
            <section className="card" aria-labelledby="upcoming"><header><h2 id="upcoming">{words.guest.upcoming}</h2></header>
              <ol className="stack-s">{data.upcoming_reservations.map((visit, index) => <li key={index}><p className="small strong">{day(visit.fecha)} {clock(visit.fecha)}</p><VisitCard visit={visit} /></li>)}</ol>
            </section>
          )}
          <Timeline id={id} visits={data.statistics.total_visitas} />
          <OtherSales profile={data} />
          <Records records={data.legacy_data?.records ?? []} />
          <Merged customer={data.customer_id} others={data.fichas_unidas} />
        </>}
        // Of the house's own people there is a history, and nothing to win.
        side={!staff && (
          <Tabs
            attend={<>
              {offer.data ? <Offer offer={offer.data} message={message} tongue={tongue} setTongue={setTongue} who={data.basic_info} /> : offer.error ? <Problem error={offer.error} retry={offer.reload} /> : <div className="card"><Loading lines={6} /></div>}
              <Gifts profile={data} />
              <Surveys profile={data} />
            </>}
            know={<>
              {insights.error ? <Problem error={insights.error} retry={insights.reload} /> : null}
              <Know profile={data} insights={insights.data} />
            </>}
          />
        )}
      />
    </article>
  );
}

/** Nobody has this number. */
function Gone({ text }: { text: string }) {
  const words = useWords();
  return <><Back /><h1 className="visually-hidden">{text}</h1><Empty icon="warn" title={text}><Link to="/" className="button">{words.error.home}</Link></Empty></>;
}

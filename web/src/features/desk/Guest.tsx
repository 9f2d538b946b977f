import { useEffect, useRef, useState } from 'react';
import { api, type BasicInfo, type CustomerInsights, type CustomerOffer, type CustomerProfile } from '../../api/generated';
import { ApiError } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { ago, clock, day, daysBetween, initials, monthYear, number, percent, pesos, phone, rut, shortMonth } from '../../format';
import { language, useWords, type Language } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { Icon, type IconName } from '../../ui/icons';
import { Bar, Columns, copyText, Empty, Link, Loading, Problem, Segmented, SegmentChip, segmentClass, segmentDefinition } from '../../ui/parts';
import { Gifts, OtherSales, Spent, Surveys } from './Extras';
import { First } from './First';
import { sawGuest } from './lately';
import { Records } from './Records';
import { Timeline, VisitCard } from './Timeline';
import { Merged, Twin } from './Twin';

const digits = (telephone: string) => telephone.replace(/\D/g, '');

function ContactLine({ icon, label, shown, copy, to }: { icon: IconName; label: string; shown: string; copy: string; to?: string }) {
  const words = useWords();
  return (
    <li className="contact">
      <Icon name={icon} size={17} />
      <span className="visually-hidden">{label}</span>
      {to ? <a href={to} className="clip">{shown}</a> : <span className="clip">{shown}</span>}
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
      {who.ciudad && <li className="contact"><Icon name="pin" size={17} /><span className="visually-hidden">{words.guest.city}</span><span className="clip">{[who.ciudad, who.region].filter((part, index, all) => part && all.indexOf(part) === index).join(', ')}</span></li>}
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
    ['ultima_visita', words.guest.last, day(s.ultima_visita), s.ultima_visita ? ago(s.ultima_visita, profile.as_of) : ''],
    ['proxima_visita', words.guest.next, s.proxima_visita ? day(s.proxima_visita) : '–', s.proxima_visita ? words.guest.inDays(daysBetween(profile.as_of, s.proxima_visita)) : words.guest.noNext],
  ];
  return (
    <dl className="numbers card">
      {cells.map(([id, name, value, more]) => <div key={id}><dt>{name} <How id={id} name={name} /></dt><dd>{value}</dd><dd className="tiny muted">{more}</dd></div>)}
    </dl>
  );
}

function Rfm({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const r = profile.rfm_analysis;
  const s = profile.statistics;
  const rows: [string, string, string, number, string][] = [
    ['R', 'recency_score', words.guest.recency, r.recency_score, r.days_since_last_visit === null ? '–' : words.guest.days(r.days_since_last_visit)],
    ['F', 'frequency_score', words.guest.frequency, r.frequency_score, words.desk.visits(s.total_visitas)],
    ['M', 'monetary_score', words.guest.monetary, r.monetary_score, pesos(s.total_gastado)],
  ];
  return (
    <section className="card" aria-labelledby="rfm">
      <header><h2 id="rfm">{words.guest.rfm}</h2><span className="tiny muted">{words.guest.combined(r.rfm_combined_score.toFixed(1).replace('.', ','))} <How id="rfm_combined_score" name={words.guest.rfm} /></span></header>
      <p className="meaning"><span className={`dot ${segmentClass(r.segment)}`} /><span><b>{words.segments.names[r.segment]}.</b> {words.segments.meaning[r.segment]} <How id={segmentDefinition(r.segment)} name={words.segments.names[r.segment] ?? r.segment} /></span></p>
      <ul className="rfm">
        {rows.map(([letter, id, name, score, value]) => (
          <li key={letter}>
            <b className="rfm-letter" aria-hidden="true">{letter}</b>
            <span className="grow">
              <span className="row between small"><span>{name} <How id={id} name={name} /></span><span className="strong">{value}</span></span>
              <span className="steps" role="img" aria-label={`${name}: ${words.guest.of5(score)}`}>{[1, 2, 3, 4, 5].map((step) => <i key={step} className={step <= score ? 'on' : ''} />)}</span>
            </span>
            <span className="rfm-score">{score}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Offer({ offer, profile }: { offer: CustomerOffer; profile: CustomerProfile }) {
  const words = useWords();
  const asOf = useAsOf();
  const spanish = language() === 'es';
  // The guest reads Spanish, whatever the desk's language, unless the desk knows better.
  const [tongue, setTongue] = useState<Language>('es');
  const id = profile.customer_id;
  const proposal = useQuery(`proposal ${id} ${tongue} ${asOf ?? ''}`, (signal) => api.draft_proposal({ customer_id: id, language: tongue, ...(asOf ? { as_of: asOf } : {}) }, { signal }), true);
  const message = proposal.data?.mensaje ?? '';
  const gift = proposal.data?.hechos.regalo;
  const telephone = profile.basic_info.telefono;
  const whatsapp = telephone && offer.channels.includes('whatsapp') ? `https://wa.me/${digits(telephone)}?text=${encodeURIComponent(message)}` : null;
  const copy = () => copyText(message, words.guest.copied);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (message && event.altKey && event.key.toLowerCase() === 'c') {
        event.preventDefault();
        void copyText(message, words.guest.copied);
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [message, words]);
  if (offer.items.length === 0) return <section className="card"><header><h2>{words.guest.offer}</h2></header><p className="muted small">{words.guest.noOffer}</p></section>;
  return (
    <section className="card offer" aria-labelledby="offer">
      <header><h2 id="offer">{words.guest.offer}</h2><span className="tiny muted">{spanish ? offer.motivo : offer.motivo_en}</span></header>
      <ul className="stack-s">
        {offer.items.map((item) => (
          <li key={item.servicio_id} className="offer-item">
            <Icon name="gift" size={18} />
            <span className="grow"><b>{item.servicio_nombre}</b>{item.duracion > 0 && <span className="muted"> · {words.guest.minutes(item.duracion)}</span>}<br /><span className="tiny muted">{spanish ? item.motivo : item.motivo_en}</span></span>
            <span className="num small">{pesos(item.precio)}<br /><span className="tiny muted">{words.guest.priceFor(item.personas, item.noches)}{item.unidad === 'por_persona' && item.personas > 1 && <><br />{words.guest.each(pesos(item.precio_unitario))}</>}</span></span>
          </li>
        ))}
        {gift && <li className="offer-item"><Icon name="check" size={18} /><span>{gift} <span className="muted">· {words.guest.gift}</span></span></li>}
      </ul>
      <p className="offer-price"><span className="small muted">{words.guest.offerPrice}{offer.personas > 0 && `, ${words.guest.priceFor(offer.personas, 0)}`} <How id="unidad" name={words.guest.offerPrice} /></span><span><s className="muted small">{pesos(offer.precio_lista)}</s> <b>{pesos(offer.precio_final)}</b> <span className="tag warm">{words.guest.discount(offer.descuento_porcentaje)}</span></span></p>
      <div className="stack-s no-print">
        <span className="row between"><span className="label" id="message">{words.guest.message}</span><Segmented label={words.guest.messageLanguage} value={tongue} choices={[['es', 'Español'], ['en', 'English']]} onChange={setTongue} /></span>
        {proposal.error ? <Problem error={proposal.error} retry={proposal.reload} /> : message ? <blockquote className="message" lang={tongue} aria-labelledby="message">{message}</blockquote> : <Loading lines={5} />}
        <div className="row wrap">
          <button type="button" className="button primary" disabled={!message} onClick={copy}><Icon name="copy" size={16} />{words.guest.copyMessage}</button>
          {whatsapp && message && <a className="button" href={whatsapp} target="_blank" rel="noreferrer noopener"><Icon name="chat" size={16} />{words.guest.sendWhatsapp}</a>}
        </div>
        {offer.channels.length === 0 && <p className="tiny muted">{words.guest.doNotWrite}</p>}
      </div>
    </section>
  );
}

function Behaviour({ insights }: { insights: CustomerInsights }) {
  const words = useWords();
  const say = (text: string) => words.values[text] ?? text;
  const rows: [string, string, string][] = [
    ['visit_frequency', words.guest.frequencyOf, say(insights.visit_frequency)],
    ['churn_risk', words.guest.churn, say(insights.churn_risk)],
    ['upsell_potential', words.guest.upsell, say(insights.upsell_potential)],
    ['seasonality', words.guest.season, say(insights.seasonality.pattern)],
    ['seasonality', words.guest.bestMonths, insights.seasonality.best_months.map(say).join(', ') || '–'],
    ['payment_behavior', words.guest.pays, insights.payment_behavior.preferred_method ? say(insights.payment_behavior.preferred_method) : '–'],
  ];
  return (
    <section className="card" aria-labelledby="behaviour">
      <header><h2 id="behaviour">{words.guest.insights}</h2></header>
      <dl className="pairs">{rows.map(([id, name, value]) => <div key={name}><dt>{name} <How id={id} name={name} /></dt><dd>{value}</dd></div>)}</dl>
    </section>
  );
}

function Favourites({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const all = profile.service_preferences.slice(0, 6);
  if (all.length === 0) return null;
  const top = all[0]?.veces_reservado ?? 1;
  return (
    <section className="card" aria-labelledby="favourites">
      <header><Title id="favourites" how="service_preferences">{words.guest.favourites}</Title></header>
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

function Season({ insights }: { insights: CustomerInsights }) {
  const words = useWords();
  const counts = Object.values(insights.seasonality.visits_by_month);
  if (counts.every((count) => count === 0)) return null;
  return (
    <section className="card" aria-labelledby="months">
      <header><h2 id="months">{words.guest.months}</h2></header>
      <Columns label={words.guest.months} height={80} columns={counts.map((value, month) => ({ name: shortMonth(month).slice(0, 1).toUpperCase(), value, title: `${words.months[month]}: ${number(value)}` }))} />
    </section>
  );
}

function Spending({ id, from }: { id: number; from: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const { data } = useQuery(`visits ${id} 200 ${asOf ?? ''}`, (signal) => api.customer_visits({ customer_id: id, limit: 200, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  if (!data) return null;
  const sums = new Map<number, number>();
  for (const visit of data.visits) if (visit.fecha) sums.set(Number(visit.fecha.slice(0, 4)), (sums.get(Number(visit.fecha.slice(0, 4))) ?? 0) + visit.total);
  if (sums.size === 0) return null;
  const last = Number(from.slice(0, 4));
  const first = Math.max(Math.min(...sums.keys()), last - 11);
  const columns = Array.from({ length: last - first + 1 }, (_, index) => first + index).map((one) => ({ name: `'${String(one).slice(2)}`, value: sums.get(one) ?? 0, title: `${one}: ${pesos(sums.get(one) ?? 0)}` }));
  return (
    <section className="card" aria-labelledby="spending">
      <header><h2 id="spending">{words.guest.spending}</h2></header>
      <Columns label={words.guest.spending} height={90} columns={columns} />
    </section>
  );
}

function Payments({ profile, insights }: { profile: CustomerProfile; insights: CustomerInsights }) {
  const words = useWords();
  const methods = Object.entries(insights.payment_behavior.method_distribution);
  const all = methods.reduce((sum, [, count]) => sum + count, 0);
  return (
    <section className="card" aria-labelledby="payments">
      <header><h2 id="payments">{words.guest.payments}</h2></header>
      {all === 0 ? <p className="muted small">{words.guest.noPayments}</p> : (
        <>
          <ul className="bars">
            {methods.map(([method, count]) => (
              <li key={method}><span className="row between small"><span>{words.values[method] ?? method}</span><span className="muted">{number(count)} · {percent(count, all)}</span></span><Bar share={count / all} /></li>
            ))}
          </ul>
          <details className="more"><summary>{words.guest.recentPayments}</summary>
            <table className="plain-table"><tbody>
              {profile.recent_payments.map((payment, index) => <tr key={index}><td>{day(payment.fecha_pago)}</td><td>{words.values[payment.metodo_pago] ?? payment.metodo_pago}</td><td className="num">{pesos(payment.monto)}</td></tr>)}
            </tbody></table>
          </details>
        </>
      )}
    </section>
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
  const heading = useRef<HTMLHeadingElement>(null);
  const who = profile.basic_info;
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.altKey && event.key.toLowerCase() === 'p') {
        event.preventDefault();
        print();
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);
  return (
    <header className="guest-head">
      <span className={`face ${segmentClass(profile.rfm_analysis.segment)}`} aria-hidden="true">{initials(who.nombre)}</span>
      <div className="grow stack-s">
        <div className="row wrap">
          <h1 className="guest-name" ref={heading} tabIndex={-1}>{who.nombre || '–'}</h1>
          {who.es_staff ? <span className="tag">{words.desk.staff}</span> : <SegmentChip segment={profile.rfm_analysis.segment} />}
        </div>
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
      <button type="button" className="button icon no-print" aria-label={words.guest.print} title={words.guest.print} onClick={() => print()}><Icon name="print" size={18} /></button>
    </header>
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

  if (profile.error instanceof ApiError && profile.error.status === 404) return <><Back /><Empty icon="warn" title={profile.error.message} /></>;
  if (profile.error) return <><Back /><Problem error={profile.error} retry={profile.reload} /></>;
  if (!profile.data) return <><Back /><Loading lines={9} height="2.2rem" /></>;
  const data = profile.data;
  return (
    <article className="guest" aria-label={data.basic_info.nombre}>
      <Back />
      <Head profile={data} />
      <Twin id={id} customer={data.customer_id} />
      <First profile={data} />
      <Numbers profile={data} />
      {data.gasto_explicado && <Spent explained={data.gasto_explicado} total={data.statistics.total_gastado} />}
      <div className="guest-columns">
        <div className="stack">
          {data.upcoming_reservations.length > 0 && (
            <section className="card" aria-labelledby="upcoming"><header><h2 id="upcoming">{words.guest.upcoming}</h2></header>
              <ol className="stack-s">{data.upcoming_reservations.map((visit, index) => <li key={index}><p className="small strong">{day(visit.fecha)} {clock(visit.fecha)}</p><VisitCard visit={visit} /></li>)}</ol>
            </section>
          )}
          <Timeline id={id} />
          <OtherSales profile={data} />
        </div>
        <div className="stack">
          {data.basic_info.es_staff ? null : offer.data ? <Offer offer={offer.data} profile={data} /> : offer.error ? <Problem error={offer.error} retry={offer.reload} /> : <div className="card"><Loading lines={6} /></div>}
          <Gifts profile={data} />
          <Surveys profile={data} />
          <Rfm profile={data} />
          {insights.data ? <Behaviour insights={insights.data} /> : insights.error ? <Problem error={insights.error} retry={insights.reload} /> : <div className="card"><Loading lines={5} /></div>}
          <Favourites profile={data} />
          {insights.data && <Season insights={insights.data} />}
          <Spending id={id} from={data.as_of} />
          {insights.data && <Payments profile={data} insights={insights.data} />}
          <Records records={data.legacy_data?.records ?? []} />
          <Merged customer={data.customer_id} others={data.fichas_unidas} />
        </div>
      </div>
    </article>
  );
}

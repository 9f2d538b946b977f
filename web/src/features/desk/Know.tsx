import { api, type CustomerInsights, type CustomerProfile } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { decimal, number, percent, pesos, shortMonth, day } from '../../format';
import { useWords } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { Bar, Columns, segmentClass, segmentDefinition, segmentOf } from '../../ui/parts';

const few = 3;  // visits, under which there is no habit to speak of

/** What a page of the old files has, too. */
type Known = Pick<CustomerProfile, 'rfm_analysis' | 'statistics' | 'service_preferences'>;

export function Rfm({ profile }: { profile: Known }) {
  const words = useWords();
  const r = profile.rfm_analysis;
  const s = profile.statistics;
  const name = segmentOf({ segment: r.segment, visits: s.total_visitas, booked: s.proxima_visita !== null }, words);
  const rows: [string, string, string, number, string][] = [
    ['R', 'recency_score', words.guest.recency, r.recency_score, r.days_since_last_visit === null ? '–' : words.guest.days(r.days_since_last_visit)],
    ['F', 'frequency_score', words.guest.frequency, r.frequency_score, words.desk.visits(s.total_visitas)],
    ['M', 'monetary_score', words.guest.monetary, r.monetary_score, pesos(s.total_gastado)],
  ];
  return (
    <section className="card" aria-labelledby="rfm">
      <header><h2 id="rfm">{words.guest.rfm}</h2><span className="tiny muted">{words.guest.combined(decimal(r.rfm_combined_score))} <How id="rfm_combined_score" name={words.guest.rfm} /></span></header>
      <p className="meaning"><span className={`dot ${segmentClass(r.segment)}`} /><span><b>{name}.</b> {s.total_visitas > 0 && words.segments.meaning[r.segment]} <How id={segmentDefinition(r.segment)} name={words.segments.names[r.segment] ?? r.segment} /></span></p>
      <ul className="rfm">
        {rows.map(([letter, id, title, score, value]) => (
          <li key={letter}>
            <b className="rfm-letter" aria-hidden="true">{letter}</b>
            <span className="grow">
              <span className="row between small"><span>{title} <How id={id} name={title} /></span><span className="strong">{value}</span></span>
              <span className="steps" role="img" aria-label={`${title}: ${words.guest.of5(score)}`}>{[1, 2, 3, 4, 5].map((step) => <i key={step} className={step <= score ? 'on' : ''} />)}</span>
            </span>
            <span className="rfm-score">{score}</span>
          </li>
        ))}
      </ul>
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

export function Favourites({ profile }: { profile: Known }) {
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

/** What they are like. Of one or two visits there is nothing to draw. */
export function Know({ profile, insights }: { profile: CustomerProfile; insights: CustomerInsights | undefined }) {
  const words = useWords();
  const habits = profile.statistics.total_visitas >= few;
  return (
    <>
      <Rfm profile={profile} />
      <Favourites profile={profile} />
      {insights && habits && <Behaviour insights={insights} />}
      {insights && habits && <Season insights={insights} />}
      {habits && <Spending id={profile.customer_id} from={profile.as_of} />}
      {insights && (habits || profile.recent_payments.length > 0) && <Payments profile={profile} insights={insights} />}
      {!habits && <p className="card small muted">{words.lists.fewVisits}</p>}
    </>
  );
}

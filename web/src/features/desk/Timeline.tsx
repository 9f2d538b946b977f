import { useState } from 'react';
import { api, type Reservation } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { clock, pesos, shortMonth } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem } from '../../ui/parts';

const once = (names: (string | null)[]): string[] => names.filter((name, index, all): name is string => !!name && all.indexOf(name) === index);

export function VisitCard({ visit }: { visit: Reservation }) {
  const words = useWords();
  const people = Math.max(0, ...visit.servicios.map((one) => one.cantidad_personas));
  const hands = once(visit.servicios.map((one) => one.masajista));
  return (
    <div className="visit">
      <p className="row between">
        <span className="visit-services">{once([...visit.servicios.map((one) => one.servicio_nombre), ...visit.productos.map((one) => one.producto_nombre)]).join(', ') || (visit.total < 0 ? words.guest.refund : '–')}</span>
        <span className="strong num">{pesos(visit.total)}</span>
      </p>
      <p className="row wrap tiny muted">
        <span className={visit.source === 'legacy' ? 'tag legacy' : ''}>{words.guest.source[visit.source] ?? visit.source}</span>
        {people > 1 && <span>{words.guest.people(people)}</span>}
        {visit.acompanantes.length > 0 && <span>{words.guest.companions(visit.acompanantes.join(', '))}</span>}
        {hands.length > 0 && <span>{words.guest.hands(hands.join(', '))}</span>}
        {visit.descuento > 0 && <span>{words.guest.discounted(pesos(-visit.descuento))}</span>}
        {(visit.saldo_pendiente ?? 0) > 0 && <span className="tag warm">{words.guest.pending} {pesos(visit.saldo_pendiente ?? 0)}</span>}
      </p>
      {visit.comentarios && <p className="visit-comment small"><span className="visually-hidden">{words.guest.comment}: </span>{visit.comentarios}</p>}
    </div>
  );
}

/** Its years are headings: several such lists stand on one page, and places of one name are none to go to. */
export function VisitList({ visits }: { visits: Reservation[] }) {
  const words = useWords();
  const groups: { year: string; visits: Reservation[] }[] = [];
  for (const visit of visits) {
    const year = visit.fecha?.slice(0, 4) ?? words.guest.noDate;
    if (groups.at(-1)?.year !== year) groups.push({ year, visits: [] });
    groups.at(-1)?.visits.push(visit);
  }
  return (
    <div className="timeline">
      {groups.map((group) => (
        <div key={group.year}>
          <h3 className="timeline-year">{group.year}</h3>
          <ol>
            {group.visits.map((visit, index) => (
              <li key={`${visit.source} ${visit.id ?? visit.reserva ?? ''} ${visit.fecha ?? ''} ${index}`} className={`timeline-item ${visit.source}`}>
                <p className="timeline-day"><b>{visit.fecha ? Number(visit.fecha.slice(8, 10)) : '·'}</b><span>{visit.fecha ? shortMonth(Number(visit.fecha.slice(5, 7)) - 1) : ''}</span><small>{clock(visit.fecha)}</small></p>
                <VisitCard visit={visit} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

/** `visits`: how many there will be, so that what stands below does not jump when they come. */
export function Timeline({ id, visits }: { id: number; visits: number }) {
  const words = useWords();
  const asOf = useAsOf();
  const [shown, setShown] = useState(25);
  const { data, error, reload } = useQuery(`visits ${id} 200 ${asOf ?? ''}`, (signal) => api.customer_visits({ customer_id: id, limit: 200, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  return (
    <section className="card" aria-labelledby="timeline">
      <header><h2 id="timeline">{words.guest.timeline}</h2>{data && <span className="tiny muted">{words.guest.timelineCount(data.total_visitas)}</span>}</header>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={Math.min(25, Math.max(1, visits))} height="4.2rem" /> : data.visits.length === 0 ? <p className="muted small">{words.guest.noVisits}</p> : (
        <>
          <VisitList visits={data.visits.slice(0, shown)} />
          {data.visits.length > shown && <button type="button" className="button no-print" onClick={() => setShown(shown + 50)}>{words.guest.more}</button>}
        </>
      )}
    </section>
  );
}

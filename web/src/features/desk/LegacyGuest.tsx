import { useEffect, useRef } from 'react';
import { api } from '../../api/generated';
import { ApiError } from '../../api/http';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { day, number, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Empty, Link, Loading, Problem } from '../../ui/parts';
import { Candidates } from './Candidates';
import { Back, Contacts } from './Guest';
import { sawGuest } from './lately';
import { VisitList } from './Timeline';

/** Somebody who stands in the old files alone. */
export default function LegacyGuest({ id }: { id: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, error, reload } = useQuery(`legacy ${id} ${asOf ?? ''}`, (signal) => api.legacy_customer({ legacy_id: id, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const name = data?.basic_info.nombre;
  useEffect(() => {
    if (name === undefined) return;
    sawGuest(`/historicos/${encodeURIComponent(id)}`, name);
    heading.current?.focus({ preventScroll: true });
  }, [id, name]);
  if (error instanceof ApiError && error.status === 404) return <><Back /><Empty icon="warn" title={error.message} /></>;
  if (error) return <><Back /><Problem error={error} retry={reload} /></>;
  if (!data) return <><Back /><Loading lines={8} height="2.2rem" /></>;
  const s = data.statistics;
  return (
    <article className="guest" aria-label={data.basic_info.nombre}>
      <Back />
      <header className="guest-head">
        <div className="stack-s">
          <div className="row wrap"><h1 className="guest-name" ref={heading} tabIndex={-1}>{data.basic_info.nombre || '–'}</h1><span className="tag legacy">{words.guest.legacyTitle}</span></div>
          <p className="small muted">{[words.guest.fromFile[data.basic_info.origin], data.legacy_id, data.basic_info.created_on && day(data.basic_info.created_on)].filter(Boolean).join(' · ')}</p>
          <Contacts who={data.basic_info} />
          {data.customer_id !== null
            ? <p><Link to={`/clientes/${data.customer_id}`} className="button">{words.guest.goCustomer}</Link></p>
            : <p className="small muted">{words.guest.legacyNote}</p>}
        </div>
      </header>
      <dl className="numbers card">
        <div><dt>{words.guest.visits}</dt><dd>{number(s.total_visitas)}</dd><dd className="tiny muted">{s.visitas_sin_fecha > 0 ? words.guest.undated(s.visitas_sin_fecha) : ''}</dd></div>
        <div><dt>{words.guest.spent}</dt><dd>{pesos(s.total_gastado)}</dd></div>
        <div><dt>{words.guest.first}</dt><dd>{day(s.primera_visita)}</dd></div>
        <div><dt>{words.guest.last}</dt><dd>{day(s.ultima_visita)}</dd></div>
      </dl>
      {data.customer_id === null && data.basic_info.origin === 'customers_file' && <Candidates id={id} />}
      <section className="card" aria-labelledby="timeline">
        <header><h2 id="timeline">{words.guest.timeline}</h2></header>
        {data.recent_reservations.length === 0 ? <p className="muted small">{words.guest.noVisits}</p> : <VisitList visits={data.recent_reservations} />}
      </section>
    </article>
  );
}

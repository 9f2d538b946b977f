import { useState } from 'react';
import { api, type BestGuest } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { asPercent, day, number, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Title } from '../../ui/How';
import { Empty, Link, Loading, Problem, SegmentChip, Segmented } from '../../ui/parts';
import { Sorted, type Column } from './Sorted';
import { SpanChoice, useSpan } from './Span';

const most = 50;

/** Who left most in a span. */
export default function Guests() {
  const words = useWords();
  const w = words.owner;
  const { asked, key } = useSpan();
  const [order, setOrder] = useState<'gastado' | 'visitas'>('gastado');
  const { data, error, reload } = useQuery(`best ${order} ${key}`, (signal) => api.stats_best_guests({ ...asked, order, limit: most }, { signal }), true);
  const columns: Column<BestGuest>[] = [
    { name: w.guest, text: true, value: (row) => row.nombre, show: (row) => (row.customer_id !== null ? <Link to={`/clientes/${row.customer_id}`}>{row.nombre || '–'}</Link> : <><Link to={`/historicos/${encodeURIComponent(row.legacy_id ?? '')}`}>{row.nombre || '–'}</Link> <span className="tag legacy">{w.legacyOnly}</span></>) },
    { name: w.spent, value: (row) => row.gastado, show: (row) => pesos(row.gastado) },
    { name: w.share, value: (row) => row.participacion, show: (row) => asPercent(row.participacion) },
    { name: w.visits, value: (row) => row.visitas, show: (row) => number(row.visitas) },
    { name: w.average, value: (row) => row.promedio, show: (row) => pesos(row.promedio) },
    { name: w.last, value: (row) => row.ultima_visita, show: (row) => day(row.ultima_visita) },
    { name: words.win.segment, text: true, value: (row) => row.segment, show: (row) => (row.segment ? <SegmentChip segment={row.segment} /> : '–') },
  ];
  return (
    <>
      <SpanChoice shown={data} />
      {error ? <Problem error={error} retry={reload} /> : null}
      {!data ? !error && <div className="card tall"><Loading lines={12} height="1.8rem" /></div> : data.guests.length === 0 ? <Empty title={w.noGuests} /> : (
        <section className="card" aria-labelledby="guests">
          <header><Title id="guests" how="mejores_clientes">{w.guests}</Title>
            <Segmented label={w.order} value={order} choices={[['gastado', w.byMoney], ['visitas', w.byVisits]]} onChange={setOrder} />
            <p>{w.tenth(asPercent(data.parte_del_diez), data.total_personas)}</p></header>
          <Sorted key={order} rows={data.guests} columns={columns} by={order === 'gastado' ? 1 : 3} label={w.guests} rowKey={(row) => String(row.customer_id ?? row.legacy_id)} />
        </section>
      )}
    </>
  );
}

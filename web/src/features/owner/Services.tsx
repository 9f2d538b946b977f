import { api, type ServicesReport, type SoldProduct, type SoldService } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { asPercent, number, pesos } from '../../format';
import { language, useWords } from '../../i18n/language';
import { Title } from '../../ui/How';
import { Empty, Loading, Problem } from '../../ui/parts';
import { Basis, changed, signed } from './compare';
import { Sorted, type Column } from './Sorted';
import { SpanChoice, useSpan } from './Span';

function Parts({ report }: { report: ServicesReport }) {
  const w = useWords().owner;
  return (
    <table className="plain-table">
      <tbody>
        {report.partes.map((part) => <tr key={part.codigo}><th scope="row">{language() === 'es' ? part.texto : part.texto_en}</th><td className="num">{pesos(part.monto)}</td></tr>)}
        <tr><th scope="row"><b>{w.total}</b></th><td className="num"><b>{pesos(report.ventas)}</b></td></tr>
      </tbody>
    </table>
  );
}

function useColumns(): [Column<SoldService>[], Column<SoldProduct>[]] {
  const w = useWords().owner;
  return [
    [
      { name: w.service, text: true, value: (row) => row.servicio_nombre, show: (row) => <>{row.servicio_nombre}{row.solo_complemento && <span className="tiny muted"> {w.addition}</span>}</> },
      { name: w.sales, value: (row) => row.ventas, show: (row) => pesos(row.ventas) },
      { name: w.share, value: (row) => row.participacion, show: (row) => asPercent(row.participacion) },
      { name: w.visits, value: (row) => row.visitas, show: (row) => number(row.visitas) },
      { name: w.people, value: (row) => row.personas, show: (row) => number(row.personas) },
      { name: w.versus, value: (row) => row.ventas_antes, show: (row) => (row.ventas_antes === null ? '–' : pesos(row.ventas_antes)) },
      { name: w.changeColumn, value: (row) => row.cambio, show: (row) => <span className={row.cambio === null ? '' : row.cambio < 0 ? 'less' : 'more-than'}>{signed(row.cambio)}</span> },
    ],
    [
      { name: w.product, text: true, value: (row) => row.producto_nombre },
      { name: w.sales, value: (row) => row.ventas, show: (row) => pesos(row.ventas) },
      { name: w.units, value: (row) => row.unidades, show: (row) => number(row.unidades) },
      { name: w.changeColumn, value: (row) => row.cambio, show: (row) => signed(row.cambio) },
    ],
  ];
}

/** What sells: services, products, and what is had together. */
export default function Services() {
  const words = useWords();
  const w = words.owner;
  const { asked, key } = useSpan();
  const { data, error, reload } = useQuery(`services ${key}`, (signal) => api.stats_services(asked, { signal }), true);
  const [services, products] = useColumns();
  return (
    <>
      <SpanChoice shown={data} />
      {error ? <Problem error={error} retry={reload} /> : null}
      {!data ? !error && <div className="card tall"><Loading lines={12} height="1.8rem" /></div> : data.servicios.length === 0 ? <Empty title={w.noSales} /> : (
        <div className="grid">
          <section className="card c12" aria-labelledby="services">
            <header><Title id="services" how="ventas_servicio">{w.services}</Title>{data.cambio !== null && <span className="small">{w.change(changed(data.cambio))}</span>}</header>
            <Basis of={data.comparacion} />
            <Sorted rows={data.servicios} columns={services} by={1} label={w.services} rowKey={(row) => `${row.servicio_id ?? ''} ${row.servicio_nombre}`} />
          </section>
          <section className="card c6" aria-labelledby="adds"><header><Title id="adds" how="ventas">{w.howAdds}</Title></header><Parts report={data} /></section>
          {data.combinaciones.length > 0 && (
            <section className="card c6" aria-labelledby="together"><header><Title id="together" how="combinaciones">{w.together}</Title><p>{w.togetherHint}</p></header>
              <ul className="pairs-list">{data.combinaciones.map((pair) => <li key={`${pair.uno} ${pair.otro}`}><span>{pair.uno} + {pair.otro}</span><span className="small muted">{w.pair(pair.visitas, asPercent(pair.participacion))}</span></li>)}</ul></section>
          )}
          {data.productos.length > 0 && (
            <section className="card c6" aria-labelledby="products"><header><h2 id="products">{w.products}</h2></header>
              <Sorted rows={data.productos} columns={products} by={1} label={w.products} rowKey={(row) => String(row.producto_id)} /></section>
          )}
        </div>
      )}
    </>
  );
}

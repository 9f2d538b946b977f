import { useState } from 'react';
import { api, type HourOfWeek, type KindOccupancy } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { asPercent, decimal } from '../../format';
import { useWords } from '../../i18n/language';
import { How, Title } from '../../ui/How';
import { Bar, Empty, Loading, Problem, Segmented } from '../../ui/parts';
import { SpanChoice, useSpan } from './Span';

function Week({ kind }: { kind: KindOccupancy }) {
  const words = useWords();
  const w = words.owner;
  const hours = kind.horas.map((one) => one.hora);
  const first = Math.min(...hours), last = Math.max(...hours);
  const top = Math.max(0.01, ...kind.horas.map((one) => one.por_dia));
  const offered = kind.horas.some((one) => one.cupos > 0);
  const at = new Map(kind.horas.map((one) => [one.dia * 24 + one.hora, one]));
  const cell = (one: HourOfWeek | undefined) => {
    if (!one) return { text: '', title: '', heat: 0 };
    if (one.cupos > 0) {
      const share = one.tomados / one.cupos;
      const told = asPercent(Math.round(100 * share));
      return { text: told, title: w.cellFull(told, one.tomados, one.cupos), heat: share };
    }
    return { text: decimal(Math.round(10 * one.por_dia) / 10), title: w.cellCount(decimal(one.por_dia), one.mas), heat: offered ? 0 : one.por_dia / top };  // one table, one scale
  };
  return (
    <div className="sideways" tabIndex={0} role="group" aria-label={w.occupancy}>
      <table className="plain-table heat">
        <thead><tr><th scope="col">{w.hour}</th>{words.overview.weekdays.map((name) => <th key={name} scope="col">{name.slice(0, 3)}<span className="visually-hidden">{name.slice(3)}</span></th>)}</tr></thead>
        <tbody>{Array.from({ length: last - first + 1 }, (_, index) => first + index).map((hour) => (
          <tr key={hour}><th scope="row">{hour}:00</th>{words.overview.weekdays.map((name, weekday) => {
            const { text, title, heat } = cell(at.get(weekday * 24 + hour));
            return <td key={name} title={title} style={{ '--heat-share': 0.75 * heat } as React.CSSProperties}>{text}</td>;
          })}</tr>
        ))}</tbody>
      </table>
    </div>
  );
}

/** How full the house is, by weekday and hour. */
export default function Occupancy() {
  const words = useWords();
  const w = words.owner;
  const { asked, key } = useSpan();
  const [chosen, choose] = useState('tina');
  const { data, error, reload } = useQuery(`occupancy ${key}`, (signal) => api.stats_occupancy(asked, { signal }), true);
  const kind = data?.tipos.find((one) => one.tipo_servicio === chosen) ?? data?.tipos[0];
  const most = Math.max(1, ...(kind?.servicios.map((one) => one.reservas) ?? []));  // where nothing is offered by the hour
  return (
    <>
      <SpanChoice ahead shown={data} />
      {error ? <Problem error={error} retry={reload} /> : null}
      {!data ? !error && <div className="card tall"><Loading lines={12} height="1.8rem" /></div> : !kind ? <Empty title={w.noBookings} /> : (
        <div className="grid">
          <section className="card c8" aria-labelledby="week">
            <header><Title id="week" how="ocupacion">{w.occupancy}</Title>
              <Segmented label={w.kind} value={kind.tipo_servicio} choices={data.tipos.map((one) => [one.tipo_servicio, w.kinds[one.tipo_servicio] ?? one.tipo_servicio] as const)} onChange={choose} />
              <p>{kind.ocupacion === null ? w.unknown : w.full(asPercent(kind.ocupacion), kind.tomados, kind.cupos)} {w.heatHint}</p></header>
            {kind.horas.length > 0 ? <Week kind={kind} /> : <Empty title={w.noBookings} />}
          </section>
          <section className="card c4" aria-labelledby="each">
            <header><h2 id="each">{w.each}</h2><span className="small muted">{w.bookings(kind.reservas)} <How id="ocupacion" name={w.each} /></span></header>
            <ul className="bars">{kind.servicios.map((one) => (
              <li key={one.servicio_id}>
                <span className="row between small"><span className="grow">{one.servicio_nombre}</span><span><b>{one.ocupacion === null ? w.bookings(one.reservas) : asPercent(one.ocupacion)}</b> {one.ocupacion !== null && <span className="tiny muted">{w.bookings(one.reservas)}</span>}</span></span>
                {(one.ocupacion !== null || kind.ocupacion === null) && <Bar share={one.ocupacion === null ? one.reservas / most : one.ocupacion / 100} />}
              </li>
            ))}</ul>
          </section>
        </div>
      )}
    </>
  );
}

import { useState } from 'react';
import { api, type PersonLine } from '../../api/generated';
import { go, here, href, setQuery, type Walk } from '../../app/router';
import { session } from '../../app/session';
import { day, millions, number, phone, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Export } from '../../ui/Export';
import { Bar, Empty, Problem, SegmentChip } from '../../ui/parts';
import { useFault } from '../../ui/useFault';
import { VirtualTable, type TableColumn } from '../../ui/VirtualTable';
import { FilterBar } from './FilterBar';
import { useFilters } from './filters';

function Score({ score }: { score: number }) {
  return <i style={{ '--heat-share': 0.05 + score * 0.1 } as React.CSSProperties}>{score}</i>;
}

const year_days = 365;
/** Whoever came within the year is nobody to win back. */
const awayLong = (row: PersonLine) => (row.days_since_last_visit ?? 0) >= year_days;

/** A guest's page that knows its list; only the day goes along in its address, not the table's filters. */
export const openPerson = (id: number, walk: Walk): void => go(href(`/clientes/${id}`), false, walk);

export function Priority({ value }: { value: number }) {
  return <span className="priority"><b>{value}</b><Bar share={value / 100} color="calm" /></span>;
}

export function Channels({ channels }: { channels: readonly string[] }) {
  const words = useWords();
  if (channels.length === 0) return <span className="tiny muted">{words.people.noChannel}</span>;
  return <span className="clip small">{channels.map((one) => words.people.channels[one]).join(', ')}</span>;
}

function useColumns(): TableColumn<PersonLine>[] {
  const words = useWords();
  const title = (name: string) => words.people.columns[name] ?? name;
  return [
    { name: 'nombre', title: title('nombre'), width: 230, sort: 'nombre', frozen: true, cell: (row) => <span className="clip strong">{row.nombre || '–'}</span> },
    { name: 'segment', title: title('segment'), how: 'segment', width: 170, cell: (row) => <SegmentChip segment={row.segment} visits={row.total_visitas} /> },
    { name: 'rfm', title: title('rfm'), how: 'rfm_combined_score', width: 100, cell: (row) => <span className="rfm-mini"><Score score={row.recency_score} /><Score score={row.frequency_score} /><Score score={row.monetary_score} /></span> },
    { name: 'visitas', title: title('visitas'), how: 'total_visitas', width: 110, numeric: true, sort: 'visitas', cell: (row) => number(row.total_visitas) },
    { name: 'gastado', title: title('gastado'), how: 'total_gastado', width: 135, numeric: true, sort: 'gastado', cell: (row) => <span className="strong">{pesos(row.total_gastado)}</span> },
    { name: 'promedio', title: title('promedio'), how: 'promedio_por_visita', width: 135, numeric: true, sort: 'promedio', cell: (row) => pesos(row.promedio_por_visita) },
    { name: 'ultima_visita', title: title('ultima_visita'), how: 'ultima_visita', width: 150, sort: 'ultima_visita', cell: (row) => day(row.ultima_visita) },
    { name: 'prioridad', title: title('prioridad'), how: 'reactivation_priority', width: 130, sort: 'prioridad', cell: (row) => (awayLong(row) ? <Priority value={row.reactivation_priority} /> : <span className="muted" title={words.lists.comesStill}>–</span>) },
    { name: 'telefono', title: title('telefono'), width: 160, cell: (row) => phone(row.telefono) },
    { name: 'ciudad', title: title('ciudad'), width: 150, cell: (row) => <span className="clip">{row.ciudad}</span> },
    { name: 'channels', title: title('channels'), how: 'channels', width: 170, cell: (row) => <Channels channels={row.channels} /> },
  ];
}

// What an exported table holds of this one.
const taken_along = ['id', 'nombre', 'telefono', 'email', 'ciudad', 'channels', 'ultima_visita', 'dias', 'segment', 'visitas', 'gastado', 'prioridad', 'favorito', 'r', 'f', 'm', 'promedio', 'historia'];

export function PeopleTable() {
  const words = useWords();
  const filters = useFilters({ order: 'gastado' });
  const columns = useColumns();
  const [sum, setSum] = useState<{ total: number; money: number } | null>(null);
  const question = JSON.stringify(filters);
  const [fault, setFault] = useFault(question);
  const takes = session.may('exporting');  // a file of it, or paper
  const { order, descending } = filters;
  return (
    <section className={takes ? 'stack' : 'stack stays'} aria-labelledby="people-title">
      {!takes && <p className="print-only">{words.lists.printsNone}</p>}
      <div className="people-table-head">
        <div><h2 id="people-title">{words.people.table}</h2>
          <p className="small muted" role="status">{fault ? '' : sum ? words.people.found(sum.total, millions(sum.money)) : '…'}</p></div>
        <div className="row wrap"><Export who={() => ({ list: 'clientes', ...filters })} count={sum?.total ?? null} columns={taken_along} label={words.people.export} disabled={!sum?.total || fault !== null} /></div>
      </div>
      <FilterBar />
      <p id="table-help" className="visually-hidden">{words.people.tableHelp}</p>
      {fault ? <Problem error={fault} retry={() => setFault(null)} /> : (
        <div className="table-page">
          <VirtualTable<PersonLine>
            label={words.people.table} describedBy="table-help" place="/clientes" question={question} columns={columns} sorted={{ by: order ?? 'gastado', descending: descending ?? true }}
            ask={async (offset, limit, signal) => {
              const page = await api.people_table({ ...filters, offset, limit }, { signal });
              setSum((old) => (old?.total === page.total_found && old.money === page.ltv_total ? old : { total: page.total_found, money: page.ltv_total }));
              return { rows: page.customers, total: page.total_found, version: page.snapshot_version };
            }}
            rowName={(row) => row.nombre} open={(row, index, total) => openPerson(row.id, { back: here(), at: index, total, filters: { ...filters } })} onError={setFault} sortLabel={words.people.sortBy}
            sort={(by) => setQuery(by === order ? { up: descending ? '1' : undefined } : { order: by, up: by === 'nombre' ? '1' : undefined })}
            empty={<Empty icon="people" title={words.people.none}><span>{words.people.noneHint}</span></Empty>}
          />
        </div>
      )}
    </section>
  );
}

import { useState } from 'react';
import { api, type PersonLine } from '../../api/generated';
import { go, href, setQuery, useAddress, useAsOf } from '../../app/router';
import { day, number, phone, pesos, shortPesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Export } from '../../ui/Export';
import { Icon } from '../../ui/icons';
import { Bar, Empty, Problem, SegmentChip } from '../../ui/parts';
import { VirtualTable, type TableColumn } from '../../ui/VirtualTable';
import { segment_order } from './People';

type Filters = Omit<Parameters<typeof api.people_table>[0] & object, 'limit' | 'offset'>;

function useFilters(): Filters {
  const { query } = useAddress();
  const asOf = useAsOf();
  const text = (name: string) => query.get(name) || undefined;
  const count = (name: string) => (query.get(name) ? Number(query.get(name)) : undefined);
  const all = {
    order: text('order') ?? 'gastado', descending: text('up') === undefined, segment: text('segment'), recency: count('r'), frequency: count('f'),
    monetary: count('m'), months: count('months'), min_visits: count('visits'), min_spent: count('spent'), channel: text('channel'), ciudad: text('city'), as_of: asOf,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && !(typeof value === 'number' && Number.isNaN(value)))) as Filters;
}

function Score({ score }: { score: number }) {
  return <i style={{ '--heat-share': 0.05 + score * 0.1 } as React.CSSProperties}>{score}</i>;
}

export function Priority({ value }: { value: number }) {
  return <span className="priority"><b>{value}</b><Bar share={value / 100} {...(value >= 80 ? { color: 'hot' } : {})} /></span>;
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
    { name: 'nombre', title: title('nombre'), width: 230, sort: 'nombre', cell: (row) => <span className="clip strong">{row.nombre || '–'}</span> },
    { name: 'segment', title: title('segment'), how: 'segment', width: 140, cell: (row) => <SegmentChip segment={row.segment} /> },
    { name: 'rfm', title: title('rfm'), how: 'rfm_combined_score', width: 100, cell: (row) => <span className="rfm-mini"><Score score={row.recency_score} /><Score score={row.frequency_score} /><Score score={row.monetary_score} /></span> },
    { name: 'visitas', title: title('visitas'), how: 'total_visitas', width: 110, numeric: true, sort: 'visitas', cell: (row) => number(row.total_visitas) },
    { name: 'gastado', title: title('gastado'), how: 'total_gastado', width: 135, numeric: true, sort: 'gastado', cell: (row) => <span className="strong">{pesos(row.total_gastado)}</span> },
    { name: 'promedio', title: title('promedio'), how: 'promedio_por_visita', width: 135, numeric: true, sort: 'promedio', cell: (row) => pesos(row.promedio_por_visita) },
    { name: 'ultima_visita', title: title('ultima_visita'), how: 'ultima_visita', width: 150, sort: 'ultima_visita', cell: (row) => day(row.ultima_visita) },
    { name: 'prioridad', title: title('prioridad'), how: 'reactivation_priority', width: 130, sort: 'prioridad', cell: (row) => <Priority value={row.reactivation_priority} /> },
    { name: 'telefono', title: title('telefono'), width: 160, cell: (row) => phone(row.telefono) },
    { name: 'ciudad', title: title('ciudad'), width: 150, cell: (row) => <span className="clip">{row.ciudad}</span> },
    { name: 'channels', title: title('channels'), how: 'channels', width: 170, cell: (row) => <Channels channels={row.channels} /> },
  ];
}

// What an exported table holds of this one.
const taken_along = ['id', 'nombre', 'telefono', 'email', 'ciudad', 'channels', 'ultima_visita', 'dias', 'segment', 'visitas', 'gastado', 'prioridad', 'favorito', 'r', 'f', 'm', 'promedio', 'historia'];

function FilterBar() {
  const words = useWords();
  const { query } = useAddress();
  const value = (name: string) => query.get(name) ?? '';
  // Written into the address when one leaves the field or presses Enter, not at each letter.
  const box = (name: string, label: string, kind: 'number' | 'text', width?: string) => (
    <label className="field" style={{ width }}>
      <span>{label}</span>
      <input key={value(name)} className="input" type={kind} min={0} defaultValue={value(name)} onBlur={(event) => setQuery({ [name]: event.target.value.trim() })} onKeyDown={(event) => event.key === 'Enter' && setQuery({ [name]: event.currentTarget.value.trim() })} />
    </label>
  );
  const any = ['segment', 'r', 'f', 'm', 'months', 'visits', 'spent', 'channel', 'city'].some((name) => query.has(name));
  return (
    <div className="filters" role="group" aria-label={words.people.filters}>
      <label className="field"><span>{words.people.segment}</span>
        <select className="input" value={value('segment')} onChange={(event) => setQuery({ segment: event.target.value })}>
          <option value="">{words.people.anySegment}</option>{segment_order.map((name) => <option key={name} value={name}>{words.segments.names[name]}</option>)}
        </select></label>
      {box('city', words.people.city, 'text', '9rem')}
      {box('months', words.people.away, 'number', '8.5rem')}
      {box('visits', words.people.minVisits, 'number', '8rem')}
      {box('spent', words.people.minSpent, 'number', '8.5rem')}
      <label className="field"><span>{words.people.channel}</span>
        <select className="input" value={value('channel')} onChange={(event) => setQuery({ channel: event.target.value })}>
          <option value="">{words.people.anyChannel}</option>{Object.entries(words.people.channels).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
        </select></label>
      {any && <button type="button" className="button quiet" onClick={() => setQuery({ segment: undefined, r: undefined, f: undefined, m: undefined, months: undefined, visits: undefined, spent: undefined, channel: undefined, city: undefined })}><Icon name="close" size={15} />{words.people.clear}</button>}
    </div>
  );
}

export function PeopleTable() {
  const words = useWords();
  const filters = useFilters();
  const columns = useColumns();
  const [sum, setSum] = useState<{ total: number; money: number } | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const question = JSON.stringify(filters);
  const { order, descending } = filters;
  const score = [filters.recency !== undefined && `R ${filters.recency}`, filters.frequency !== undefined && `F ${filters.frequency}`].filter(Boolean).join(' ');
  return (
    <section className="stack" aria-labelledby="people-title">
      <div className="people-table-head">
        <div><h2 id="people-title">{words.people.table} {score && <span className="tag">{score}</span>}</h2>
          <p className="small muted" role="status">{sum ? words.people.found(sum.total, shortPesos(sum.money)) : '…'}</p></div>
        <Export who={() => ({ list: 'clientes', ...filters })} count={sum?.total ?? null} columns={taken_along} label={words.people.export} />
      </div>
      <FilterBar />
      <p id="table-help" className="visually-hidden">{words.people.tableHelp}</p>
      {fault ? <Problem error={fault} retry={() => setFault(null)} /> : (
        <div className="table-page">
          <VirtualTable<PersonLine>
            label={words.people.table} describedBy="table-help" question={question} columns={columns} sorted={{ by: order ?? 'gastado', descending: descending ?? true }}
            ask={async (offset, limit, signal) => {
              const page = await api.people_table({ ...filters, offset, limit }, { signal });
              setSum((old) => (old?.total === page.total_found && old.money === page.ltv_total ? old : { total: page.total_found, money: page.ltv_total }));
              return { rows: page.customers, total: page.total_found, version: page.snapshot_version };
            }}
            rowName={(row) => row.nombre} open={(row) => go(hrefOfPerson(row.id))} onError={setFault} sortLabel={words.people.sortBy}
            sort={(by) => setQuery(by === order ? { up: descending ? '1' : undefined } : { order: by, up: by === 'nombre' ? '1' : undefined })}
            empty={<Empty icon="people" title={words.people.none}><span>{words.people.noneHint}</span></Empty>}
          />
        </div>
      )}
    </section>
  );
}

/** Only the day goes along to a guest's page, not the table's filters. */
export const hrefOfPerson = (id: number): string => href(`/clientes/${id}`);

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { api, type PersonLine } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { dayLookedAt, here, setQuery, useAddress } from '../../app/router';
import { session } from '../../app/session';
import { remember, remembered } from '../../app/settings';
import { ago, day, number, phone, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Export } from '../../ui/Export';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { Empty, Menu, Problem, SegmentChip, segmentOf, toast } from '../../ui/parts';
import { useFault } from '../../ui/useFault';
import { VirtualTable, type TableColumn } from '../../ui/VirtualTable';
import { FilterBar } from '../people/FilterBar';
import { useFilters } from '../people/filters';
import { Channels, openPerson, Priority } from '../people/PeopleTable';
import { chosenNow, keepChosen } from './chosen';
import { reasonsOf } from './reasons';

const server_page = 5000;  // the table's most
const printed_most = 50;

interface Column extends TableColumn<PersonLine> {
  value: (row: PersonLine) => string | number | null;
}

// Each column's figure, by its definition's name, and what it is sorted by.
const how: Record<string, string> = { priority: 'reactivation_priority', lastVisit: 'ultima_visita', ltv: 'total_gastado', visits: 'total_visitas', ticket: 'promedio_por_visita', favourites: 'service_preferences', segment: 'segment', contact: 'channels' };
const sorts: Record<string, string> = { name: 'nombre', priority: 'prioridad', lastVisit: 'ultima_visita', ltv: 'gastado', visits: 'visitas', ticket: 'promedio' };

function useColumns(asOf: string): Column[] {
  const words = useWords();
  const w = words.win;
  const make = (name: string, title: string, width: number, value: Column['value'], cell?: (row: PersonLine) => ReactNode, more: Partial<Column> = {}): Column =>
    ({ name, title, width, value, cell: cell ?? ((row) => <span className="clip">{value(row)}</span>), ...(how[name] ? { how: how[name] } : {}), ...(sorts[name] ? { sort: sorts[name] } : {}), ...more });
  return [
    make('name', w.name, 210, (row) => row.nombre, (row) => <span className="clip strong">{row.nombre || '–'}</span>, { frozen: true }),
    make('priority', w.priority, 130, (row) => row.reactivation_priority, (row) => <Priority value={row.reactivation_priority} />),
    make('why', w.why, 430, (row) => reasonsOf(row, asOf).map((one) => `${one.text} (+${one.points})`).join(' · '),
      (row) => {
        const text = reasonsOf(row, asOf).map((one) => one.text).join(' · ');
        return <span className="small two-lines" title={text}>{text}</span>;
      }),
    make('segment', w.segment, 170, (row) => segmentOf({ segment: row.segment, visits: row.total_visitas }, words), (row) => <SegmentChip segment={row.segment} visits={row.total_visitas} />),
    make('lastVisit', w.lastVisit, 150, (row) => row.ultima_visita, (row) => day(row.ultima_visita)),
    make('ltv', w.ltv, 130, (row) => row.total_gastado, (row) => <span className="strong">{pesos(row.total_gastado)}</span>, { numeric: true }),
    make('visits', w.visits, 110, (row) => row.total_visitas, (row) => number(row.total_visitas), { numeric: true }),
    make('ticket', w.ticket, 130, (row) => row.promedio_por_visita, (row) => pesos(row.promedio_por_visita), { numeric: true }),
    make('favourites', w.favourites, 230, (row) => row.servicio_favorito),
    make('contact', w.contact, 170, (row) => row.channels.map((one) => words.people.channels[one]).join(', '), (row) => <Channels channels={row.channels} />),
    make('phone', words.people.columns['telefono'] ?? '', 170, (row) => row.telefono, (row) => phone(row.telefono)),
    make('email', words.people.columns['email'] ?? '', 230, (row) => row.email),
    make('city', w.city, 150, (row) => row.ciudad),
  ];
}

/** The active row's priority in its parts. */
function Why({ row, asOf }: { row: PersonLine | undefined; asOf: string }) {
  const words = useWords();
  if (!row) return <div className="why-strip" />;
  return (
    <section className="why-strip" aria-label={words.win.reasons}>
      <b>{row.nombre || '–'}</b><span className="chip">{words.win.priority} {row.reactivation_priority}</span>
      <ul>{reasonsOf(row, asOf).map((one) => <li key={one.code}><b>+{one.points}</b><span>{one.text}</span></li>)}</ul>
    </section>
  );
}

/** On paper: the chosen, or the first of the list. */
function Printed({ rows, asOf }: { rows: PersonLine[]; asOf: string }) {
  const words = useWords();
  return (
    <table className="plain-table printed">
      <thead><tr>{[words.win.name, words.people.columns['telefono'], words.win.lastVisit, words.win.ltv, words.win.segment, words.win.why].map((title) => <th key={title} scope="col">{title}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}><th scope="row">{row.nombre}</th><td>{phone(row.telefono)}</td><td>{row.ultima_visita ? ago(row.ultima_visita, asOf) : '–'}</td><td className="num">{pesos(row.total_gastado)}</td>
            <td>{segmentOf({ segment: row.segment, visits: row.total_visitas }, words)}</td><td>{reasonsOf(row, asOf).map((one) => one.text).join(' · ')}</td></tr>
        ))}
      </tbody>
    </table>
  );
}

function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true)), end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

const first_columns = ['name', 'priority', 'why', 'segment', 'lastVisit', 'ltv', 'visits', 'favourites', 'contact'];

// The server's names for what an exported table holds: always whom it is about, and what of the screen it lacks.
const taken_along = ['id', 'nombre', 'telefono', 'email', 'ciudad', 'channels', 'ultima_visita', 'dias', 'segment', 'visitas', 'gastado', 'prioridad', 'favorito'];
const in_table: Record<string, string> = { ticket: 'promedio' };

/** So many from the top, as one says it: «las primeras 50». */
function First({ most, busy, choose }: { most: number; busy: boolean; choose: (count: number) => void }) {
  const words = useWords();
  const [text, setText] = useState(() => String(remembered('win.first', 50)));
  const count = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  const good = count >= 1 && count <= server_page;
  const run = () => {
    if (!good) return;
    remember('win.first', count);
    choose(Math.min(count, most));
  };
  return (
    <form className="row first-many" onSubmit={(event) => { event.preventDefault(); run(); }}>
      <button type="submit" className="button tight" disabled={busy || !good || most === 0}>{words.lists.chooseFirst}</button>
      <input className="input" type="text" inputMode="numeric" maxLength={4} value={text} aria-label={words.lists.howMany} aria-invalid={!good} title={good ? '' : words.lists.range('1', number(server_page))} onChange={(event) => setText(event.target.value)} />
    </form>
  );
}

const asked_at_once = 400;  // ids that an address holds

/** How many of the chosen are not in the list as it is filtered now; unknown while it is asked. */
function useOutside(ids: readonly number[], filters: ReturnType<typeof useFilters>, known: boolean): number | undefined {
  const asked = ids.length > 0 && !known ? ids.join() : '';
  const { data } = useQuery(asked ? `outside ${JSON.stringify(filters)} ${asked}` : null, async (signal) => {
    let inside = 0;
    for (let at = 0; at < ids.length; at += asked_at_once) {
      inside += (await api.people_table({ ...filters, ids: ids.slice(at, at + asked_at_once).join(), limit: 1 }, { signal })).total_found;
    }
    return ids.length - inside;
  });
  return asked ? data : 0;
}

export default function Reactivation() {
  const words = useWords();
  const { query } = useAddress();
  const asOf = dayLookedAt();
  const given = Number(query.get('months'));
  const filters = { ...useFilters({ order: 'prioridad' }), months: Math.min(36, Math.max(1, Number.isInteger(given) && given > 0 ? given : 12)) };
  const [sliding, setSliding] = useState<number | null>(null);
  const [total, setTotal] = useState<number | null>(null);
  const question = JSON.stringify(filters);
  const [fault, setFault] = useFault(question);
  const [busy, setBusy] = useState(false);
  const [active, setActive] = useState<PersonLine | undefined>();
  const [chosen, setChosenHere] = useState(chosenNow);
  const [chosenUnder, setChosenUnder] = useState('');  // the question under which all of them were chosen
  const [shown, setShown] = useState<string[]>(() => remembered('win.columns', first_columns));
  const last = useRef(0);                    // the row chosen last, from which a range goes
  const first_rows = useRef<PersonLine[]>([]);
  // Paper takes people's numbers away as a file does: it asks for the same right.
  const takes = session.may('exporting');
  const printing = usePrinting() && takes;
  const all = useColumns(asOf);
  const columns = all.filter((column) => column.name === 'name' || shown.includes(column.name));
  const ask = (where: { offset?: number; cursor?: string }, limit: number, signal?: AbortSignal) =>
    api.people_table({ ...filters, reasons: true, limit, ...where }, signal ? { signal } : {});
  const outside = useOutside([...chosen.keys()], filters, chosenUnder === question);
  const setChosen = (next: ReadonlyMap<number, PersonLine>, all = false) => {
    keepChosen(next);
    if (all || chosen.size === 0) setChosenUnder(question);
    else if (chosenUnder !== question) setChosenUnder('');
    setChosenHere(next);
  };
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (failure) {
      toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
    }
    setBusy(false);
  };
  const toggle = (row: PersonLine, index: number, range: boolean) => {
    const from = Math.min(last.current, index), to = Math.max(last.current, index);
    last.current = index;
    if (range && to > from) {
      return void run(async () => {
        const next = new Map(chosen);
        for (const one of (await ask({ offset: from }, Math.min(server_page, to - from + 1))).customers) next.set(one.id, one);
        setChosen(next);
      });
    }
    const next = new Map(chosen);
    if (!next.delete(row.id)) next.set(row.id, row);
    setChosen(next);
  };
  const chooseFirst = (count: number) => run(async () => setChosen(new Map((await ask({}, count)).customers.map((row) => [row.id, row])), true));
  const inTable = [...taken_along, ...columns.flatMap((column) => in_table[column.name] ?? [])];
  const inOrder = () => [...chosen.values()].sort((a, b) => b.reactivation_priority - a.reactivation_priority);
  // Whoever has chosen some walks through those; otherwise through the list.
  const open = (row: PersonLine, index: number, count: number) => {
    const ids = chosen.has(row.id) ? inOrder().map((one) => one.id) : null;
    openPerson(row.id, ids ? { back: here(), at: ids.indexOf(row.id), total: ids.length, ids } : { back: here(), at: index, total: count, filters });
  };
  const pick = (name: string) => {
    const next = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    setShown(next);
    remember('win.columns', next);
  };
  const slid = () => {
    if (sliding !== null) setQuery({ months: String(sliding) }, false);
    setSliding(null);
  };
  const box: TableColumn<PersonLine> = {
    name: 'choose', title: words.win.chooseColumn, silent: true, width: 44, frozen: true,
    cell: (row, index) => (
      <label className="tick" onClick={(event) => event.stopPropagation()}>
        <input type="checkbox" tabIndex={-1} checked={chosen.has(row.id)} aria-label={words.win.choose(row.nombre)} onClick={(event) => { if (event.shiftKey) { event.preventDefault(); toggle(row, index, true); } }} onChange={() => toggle(row, index, false)} />
      </label>
    ),
  };
  return (
    <div className={takes ? 'page-in fill win' : 'page-in fill win stays'}>
      <div className="stack">
        <div className="head">
          <div><h1>{words.win.title}</h1><p>{words.win.lead}</p></div>
          <div className="row wrap no-print">
            <Menu className="button" button={<><Icon name="columns" size={17} />{words.win.columns}</>}>
              <div>{all.map((column) => <label key={column.name} className="check small"><input type="checkbox" checked={column.name === 'name' || shown.includes(column.name)} disabled={column.name === 'name'} onChange={() => pick(column.name)} />{column.title}</label>)}</div>
            </Menu>
            {takes && <button type="button" className="button" disabled={chosen.size === 0 && (!total || fault !== null)} onClick={() => print()}><Icon name="print" size={17} />{words.lists.print}</button>}
            <Export who={() => ({ list: 'reactivacion', ...(chosen.size > 0 ? { ids: inOrder().map((row) => row.id) } : filters) })} count={chosen.size || total} chosen={chosen.size > 0} columns={inTable}
              label={chosen.size > 0 ? words.win.exportSelected : words.win.exportAll} disabled={chosen.size === 0 && (!total || fault !== null)} />
          </div>
        </div>
        <div className="win-controls no-print">
          <div className="row wrap win-line">
            <label className="field months">
              <span className="row between"><span>{words.win.months}</span><b>{words.win.monthsValue(sliding ?? filters.months)}</b></span>
              <input type="range" min={1} max={36} value={sliding ?? filters.months} aria-valuetext={words.win.monthsValue(sliding ?? filters.months)}
                onChange={(event) => { setSliding(Number(event.target.value)); }} onPointerUp={slid} onKeyUp={slid} />
            </label>
            <How id="inactive_customers" name={words.win.title} />
            <First most={fault ? 0 : total ?? 0} busy={busy} choose={chooseFirst} />
          </div>
          <FilterBar own={['months']}>
            <span className="small" role="status"><b>{fault ? '–' : total === null ? '…' : words.win.total(total)}</b>{chosen.size > 0 && <> · {words.win.selected(chosen.size)}{!!outside && <>, <b>{words.win.outside(outside)}</b></>}</>}</span>
            {chosen.size > 0 && <button type="button" className="button quiet tight" onClick={() => setChosen(new Map())}>{words.win.selectNone}</button>}
          </FilterBar>
        </div>
        {!takes && <p className="print-only">{words.lists.printsNone}</p>}
        <p id="win-help" className="visually-hidden">{words.lists.winHelp}</p>
      </div>
      {printing ? <Printed rows={chosen.size > 0 ? inOrder() : first_rows.current} asOf={asOf} /> : fault ? <Problem error={fault} retry={() => setFault(null)} /> : (
        <VirtualTable<PersonLine>
          label={words.win.title} describedBy="win-help" place="/reactivacion" question={question} columns={[box, ...columns]} sorted={{ by: filters.order ?? 'prioridad', descending: filters.descending ?? true }}
          ask={async (offset, limit, signal) => {
            const page = await ask({ offset }, limit, signal);
            setTotal(page.total_found);
            if (offset === 0) first_rows.current = page.customers.slice(0, printed_most);
            return { rows: page.customers, total: page.total_found, version: page.snapshot_version };
          }}
          sort={(by) => setQuery(by === filters.order ? { up: filters.descending ? '1' : undefined } : { order: by, up: by === 'nombre' ? '1' : undefined })} sortLabel={words.people.sortBy}
          rowName={(row) => row.nombre} open={open} select={toggle} selected={(row) => chosen.has(row.id)}
          onActive={setActive} onError={setFault} empty={<Empty icon="win" title={words.win.none}><span>{words.win.noneHint}</span></Empty>}
        />
      )}
      {!fault && <Why row={active} asOf={asOf} />}
    </div>
  );
}

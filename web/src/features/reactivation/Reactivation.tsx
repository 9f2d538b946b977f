import { useState, type ReactNode } from 'react';
import { api, type InactiveCustomer } from '../../api/generated';
import { go, href, setQuery, useAddress, useAsOf } from '../../app/router';
import { remember, remembered } from '../../app/settings';
import { day, number, phone, pesos } from '../../format';
import { language, useWords } from '../../i18n/language';
import { Export } from '../../ui/Export';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { Empty, Menu, Problem, SegmentChip, toast } from '../../ui/parts';
import { VirtualTable, type TableColumn } from '../../ui/VirtualTable';
import { Channels, Priority } from '../people/PeopleTable';

// Each column's figure, by its definition's name.
const how: Record<string, string> = {
  priority: 'reactivation_priority', lastVisit: 'ultima_visita', ltv: 'total_gastado', visits: 'total_visitas', ticket: 'promedio_por_visita', favourites: 'service_preferences',
  segment: 'segment', contact: 'channels', churn: 'churn_risk', upsell: 'upsell_potential', best: 'seasonality', pays: 'payment_behavior',
};

interface Column extends TableColumn<InactiveCustomer> {
  value: (row: InactiveCustomer) => string | number | null;
}

function useColumns(): Column[] {
  const words = useWords();
  const w = words.win;
  const spanish = language() === 'es';
  const say = (text: string) => words.values[text] ?? text;
  const reason = (one: InactiveCustomer['priority_reasons'][number]) => (spanish ? one.text : one.text_en);
  const make = (name: string, title: string, width: number, value: Column['value'], cell?: (row: InactiveCustomer) => ReactNode, numeric = false): Column =>
    ({ name, title, width, numeric, value, cell: cell ?? ((row) => <span className="clip">{value(row)}</span>), ...(how[name] ? { how: how[name] } : {}) });
  return [
    make('name', w.name, 210, (row) => row.profile.basic_info.nombre, (row) => <span className="clip strong">{row.profile.basic_info.nombre || '–'}</span>),
    make('priority', w.priority, 140, (row) => row.reactivation_priority, (row) => <Priority value={row.reactivation_priority} />),
    make('lastVisit', w.lastVisit, 150, (row) => row.profile.statistics.ultima_visita?.slice(0, 10) ?? null, (row) => day(row.profile.statistics.ultima_visita)),
    make('ltv', w.ltv, 120, (row) => row.insights.ltv, (row) => <span className="strong">{pesos(row.insights.ltv)}</span>, true),
    make('visits', w.visits, 110, (row) => row.profile.statistics.total_visitas, (row) => number(row.profile.statistics.total_visitas), true),
    make('ticket', w.ticket, 130, (row) => row.insights.avg_ticket, (row) => pesos(row.insights.avg_ticket), true),
    make('favourites', w.favourites, 260, (row) => row.insights.preferred_services.join(', ')),
    make('segment', w.segment, 140, (row) => words.segments.names[row.insights.segment] ?? row.insights.segment, (row) => <SegmentChip segment={row.insights.segment} />),
    make('why', w.why, 420, (row) => told(row).map((one) => `${reason(one)} (+${one.points})`).join(' · '),
      (row) => <span className="clip small">{told(row).map((one) => reason(one).replace(/\.$/, '')).join(' · ')}</span>),
    make('contact', w.contact, 170, (row) => row.channels.map((one) => words.people.channels[one]).join(', '), (row) => <Channels channels={row.channels} />),
    make('phone', words.people.columns['telefono'] ?? '', 160, (row) => row.profile.basic_info.telefono, (row) => phone(row.profile.basic_info.telefono)),
    make('email', words.people.columns['email'] ?? '', 230, (row) => row.profile.basic_info.email),
    make('city', w.city, 140, (row) => row.profile.basic_info.ciudad),
    make('churn', w.churn, 120, (row) => say(row.insights.churn_risk)),
    make('upsell', w.upsell, 220, (row) => say(row.insights.upsell_potential)),
    make('best', w.best, 200, (row) => row.insights.seasonality.best_months.map(say).join(', ')),
    make('pays', w.pays, 130, (row) => (row.insights.payment_behavior.preferred_method ? say(row.insights.payment_behavior.preferred_method) : null)),
  ];
}

/** What tells one from another first: the tier is the same for hundreds. */
function told(row: InactiveCustomer): InactiveCustomer['priority_reasons'] {
  const last = ['tier'];
  return [...row.priority_reasons].sort((a, b) => last.indexOf(a.code) - last.indexOf(b.code));
}

/** The active row's priority in its parts. */
function Why({ row }: { row: InactiveCustomer | undefined }) {
  const words = useWords();
  if (!row) return <div className="why-strip" />;
  return (
    <section className="why-strip" aria-label={words.win.reasons}>
      <b>{row.profile.basic_info.nombre || '–'}</b><span className="chip">{words.win.priority} {row.reactivation_priority}</span>
      <ul>{row.priority_reasons.map((one) => <li key={one.code}><b>+{one.points}</b><span>{language() === 'es' ? one.text : one.text_en}</span></li>)}</ul>
    </section>
  );
}

const first_columns = ['name', 'priority', 'why', 'segment', 'lastVisit', 'ltv', 'visits', 'favourites', 'contact'];

// The server's names for what an exported table holds: always whom it is about, and what of the screen it lacks.
const taken_along = ['id', 'nombre', 'telefono', 'email', 'ciudad', 'channels', 'ultima_visita', 'dias', 'segment', 'visitas', 'gastado', 'prioridad', 'favorito'];
const in_table: Record<string, string> = { ticket: 'promedio', favourites: 'favoritos', churn: 'riesgo', upsell: 'potencial', best: 'mejores_meses', pays: 'paga_con' };

export default function Reactivation() {
  const words = useWords();
  const asOf = useAsOf();
  const { query } = useAddress();
  const months = Math.min(36, Math.max(1, Number(query.get('months')) || 12));
  const [sliding, setSliding] = useState<number | null>(null);
  const [total, setTotal] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [active, setActive] = useState<InactiveCustomer | undefined>();
  const [chosen, setChosen] = useState<ReadonlyMap<number, InactiveCustomer>>(new Map());
  const [shown, setShown] = useState<string[]>(() => remembered('win.columns', first_columns));
  const all = useColumns();
  const columns = all.filter((column) => shown.includes(column.name));
  const question = `${months} ${asOf ?? ''}`;
  const ask = (where: { offset?: number; cursor?: string }, limit: number, signal?: AbortSignal) =>
    api.inactive_customers({ months, limit, ...where, ...(asOf ? { as_of: asOf } : {}) }, signal ? { signal } : {});

  const toggle = (row: InactiveCustomer) => {
    const next = new Map(chosen);
    if (!next.delete(row.profile.customer_id)) next.set(row.profile.customer_id, row);
    setChosen(next);
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
  const chooseFirst = (count: number) => run(async () => setChosen(new Map((await ask({}, count)).customers.map((row) => [row.profile.customer_id, row]))));
  const inTable = [...taken_along, ...columns.flatMap((column) => in_table[column.name] ?? [])];
  const chosenIds = () => [...chosen.values()].sort((a, b) => b.reactivation_priority - a.reactivation_priority).map((row) => row.profile.customer_id);
  const pick = (name: string) => {
    const next = shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name];
    setShown(next);
    remember('win.columns', next);
  };

  const box: TableColumn<InactiveCustomer> = {
    name: 'choose', title: words.win.chooseColumn, silent: true, width: 44,
    cell: (row) => <input type="checkbox" tabIndex={-1} checked={chosen.has(row.profile.customer_id)} aria-label={words.win.choose(row.profile.basic_info.nombre)} onClick={(event) => event.stopPropagation()} onChange={() => toggle(row)} />,
  };
  return (
    <div className="page-in fill">
      <div className="stack">
        <div className="head">
          <div><h1>{words.win.title}</h1><p>{words.win.lead}</p></div>
          <div className="row wrap">
            <Menu className="button" button={<><Icon name="columns" size={17} />{words.win.columns}</>}>
              <div>{all.map((column) => <label key={column.name} className="check small"><input type="checkbox" checked={shown.includes(column.name)} disabled={column.name === 'name'} onChange={() => pick(column.name)} />{column.title}</label>)}</div>
            </Menu>
            <Export who={() => ({ list: 'reactivacion', months })} count={total} columns={inTable} label={words.win.exportAll} disabled={!total} />
            <Export who={() => ({ list: 'reactivacion', months, ids: chosenIds() })} count={chosen.size} chosen columns={inTable} label={words.win.exportSelected} primary disabled={chosen.size === 0} />
          </div>
        </div>
        <div className="win-controls">
          <label className="field months">
            <span className="row between"><span>{words.win.months}</span><b>{words.win.monthsValue(sliding ?? months)}</b></span>
            <input type="range" min={1} max={36} value={sliding ?? months} aria-valuetext={words.win.monthsValue(sliding ?? months)}
              onChange={(event) => { setSliding(Number(event.target.value)); }}
              onPointerUp={() => { if (sliding !== null) setQuery({ months: String(sliding) }); setSliding(null); }}
              onKeyUp={() => { if (sliding !== null) setQuery({ months: String(sliding) }); setSliding(null); }} />
          </label>
          <How id="inactive_customers" name={words.win.title} />
          <span className="small" role="status"><b>{total === null ? '…' : words.win.total(total)}</b>{chosen.size > 0 && <> · {words.win.selected(chosen.size)}</>}</span>
          <span className="row">
            <button type="button" className="button tight" disabled={busy || !total} onClick={() => chooseFirst(100)}>{words.win.selectFirst(100)}</button>
            {chosen.size > 0 && <button type="button" className="button quiet tight" onClick={() => setChosen(new Map())}>{words.win.selectNone}</button>}
          </span>
        </div>
        <p id="win-help" className="visually-hidden">{words.win.help}</p>
      </div>
      {fault ? <Problem error={fault} retry={() => setFault(null)} /> : (
        <VirtualTable<InactiveCustomer>
          label={words.win.title} describedBy="win-help" question={question} columns={[box, ...columns]}
          ask={async (offset, limit, signal) => {
            const page = await ask({ offset }, limit, signal);
            setTotal(page.total_inactive);
            return { rows: page.customers, total: page.total_inactive, version: page.version };
          }}
          rowName={(row) => row.profile.basic_info.nombre} open={(row) => go(href(`/clientes/${row.profile.customer_id}`))} select={toggle} selected={(row) => chosen.has(row.profile.customer_id)}
          onActive={setActive} onError={setFault} empty={<Empty icon="win" title={words.win.none}><span>{words.win.noneHint}</span></Empty>}
        />
      )}
      {!fault && <Why row={active} />}
    </div>
  );
}

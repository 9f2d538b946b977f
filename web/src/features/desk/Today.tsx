import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { api, type Arrival } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { setQuery, today, useAddress, useAsOf } from '../../app/router';
import { search_field } from '../../app/Shell';
import { clock, day, pesos } from '../../format';
import { language, useWords } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon, type IconName } from '../../ui/icons';
import { Empty, Link, Loading, Problem } from '../../ui/parts';
import { owedOn } from './owed';
import { leftOf, Tasks, tasks_heading } from './Tasks';
import './today.css';

const every_ms = 30_000;

function plusDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The day that the address names, if it is one. */
function dayOf(text: string | null): string | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? new Date(`${text}T00:00:00Z`) : null;
  return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text as string) ? text as string : undefined;
}

/** jueves 26 nov */
function weekday(date: string): string {
  const name = new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  return `${name} ${day(date).replace(/ \d{4}$/, '')}`;
}

function Mark({ icon, tone = '', children }: { icon?: IconName; tone?: 'bad' | 'warm' | 'legacy' | ''; children: ReactNode }) {
  return <span className={`mark-line ${tone}`}>{icon && <Icon name={icon} size={15} />}<span>{children}</span></span>;
}

/** What to know of who comes: what could hurt first. */
function Marks({ one, before }: { one: Arrival; before: number }) {
  const words = useWords();
  const w = words.today;
  const notes: [string, string, string | null][] = [
    ...(one.comentario ? [[one.comentario_tipo, one.comentario, null] as [string, string, null]] : []),
    ...one.notas.map((note) => [note.tipo, note.texto, note.fecha] as [string, string, string | null]),
  ];
  const due = before === 0 ? w.owes(pesos(one.saldo)) : one.saldo <= 0 ? w.owesBefore(pesos(before)) : w.owesBoth(pesos(one.saldo + before), pesos(one.saldo), pesos(before));
  return (
    <span className="arrival-marks">
      {notes.map(([kind, text, date], index) => (
        <Mark key={index} icon={kind === 'salud' ? 'warn' : kind === 'celebracion' ? 'gift' : 'chat'} tone={kind === 'salud' ? 'bad' : kind === 'celebracion' ? 'legacy' : ''}>
          {kind !== 'nota' && <span className="visually-hidden">{kind === 'salud' ? w.health : w.celebrates}: </span>}{text}{date && <span className="muted"> ({day(date)})</span>}
        </Mark>
      ))}
      {one.saldo + before > 0 && <Mark icon="warn" tone="warm">{due}</Mark>}
      {one.saldo_gift_cards > 0 && <Mark icon="gift">{w.card(pesos(one.saldo_gift_cards), one.gift_card_vence && day(one.gift_card_vence))}</Mark>}
      {one.encuesta_nps !== null && <Mark icon="warn" tone="warm">{w.survey(one.encuesta_nps)}{one.encuesta_texto && <> «{one.encuesta_texto}»</>}</Mark>}
    </span>
  );
}

function Row({ one, before }: { one: Arrival; before: number }) {
  const words = useWords();
  const w = words.today;
  const services = one.servicios.map((service) => service.servicio_nombre).filter((name, index, all) => all.indexOf(name) === index).join(', ');
  const hands = one.servicios.map((service) => service.masajista).filter((name, index, all) => name !== null && all.indexOf(name) === index).join(', ');
  return (
    <li>
      <Link to={`/clientes/${one.customer_id}`} className={one.llego ? 'arrival came' : 'arrival'}>
        <span className="arrival-hour"><i className="came-dot" aria-hidden="true" />{clock(one.hora) || w.noHour}<span className="visually-hidden">, {one.llego ? w.here : w.coming}.</span></span>
        <span className="arrival-who">
          <span className="row wrap"><b className="arrival-name">{one.nombre || '–'}</b>{one.primera_vez ? <span className="tag current">{w.firstTime}</span> : <span className="tiny muted">{words.desk.visits(one.visitas_previas)}</span>}</span>
          <span className="small">{services} · {words.guest.people(one.personas)}{hands && ` · ${words.guest.hands(hands)}`}{one.acompanantes.length > 0 && ` · ${words.guest.companions(one.acompanantes.join(', '))}`}</span>
          <Marks one={one} before={before} />
        </span>
      </Link>
    </li>
  );
}

/** Where there is one column, what is to be done begins below everybody who comes. */
function toTasks(): void {
  const heading = document.getElementById(tasks_heading);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** Up and down go from one to the next; from the empty search field, down comes here. */
function walk(event: KeyboardEvent | globalThis.KeyboardEvent, list: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
  if (step === 0 || !list || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...list.querySelectorAll<HTMLElement>('a.arrival, a.task')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = rows[at + step];
  if (to) to.focus();
  else if (step < 0) document.getElementById(search_field)?.focus();
  event.preventDefault();
}

/** The empty desk: who comes today, and what is to be done. Asks again by itself. */
export function Today() {
  const words = useWords();
  const w = words.today;
  const asOf = useAsOf();
  const { query } = useAddress();
  const now = asOf ?? today();
  const chosen = dayOf(query.get('dia'));
  // The day is in the address: Back goes to the day before it, and a reload stays.
  const choose = (day: string | undefined) => setQuery({ dia: day === now ? undefined : day }, false);
  const date = chosen ?? now;
  const [whole, setWhole] = useState(false);  // all that is to be done
  const [, redraw] = useState(0);            // something was ticked
  const list = useRef<HTMLDivElement>(null);
  const { data, error, reload } = useQuery(`today ${chosen ?? asOf ?? ''} ${whole}`, (signal) => api.today({ ...(chosen || asOf ? { date } : {}), ...(whole ? { todo_limit: 1000 } : {}) }, { signal }), true);
  const looked_at = useRef(asOf);
  useEffect(() => {
    if (looked_at.current !== asOf) setQuery({ dia: undefined });
    looked_at.current = asOf;
  }, [asOf]);
  useEffect(() => {
    const again = () => !document.hidden && reload();
    const timer = setInterval(again, every_ms);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [reload]);
  useEffect(() => {
    const keys = (event: globalThis.KeyboardEvent) => {
      const field = event.target as HTMLInputElement;
      if (event.key === 'ArrowDown' && field.id === search_field && field.value === '') walk(event, list.current);
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);

  const shown = data?.date ?? date;
  const name = shown === now && !asOf ? w.today : shown === plusDays(now, 1) ? w.tomorrow : shown === plusDays(now, -1) ? w.yesterday : '';
  const owed = useMemo(() => owedOn(data?.llegadas ?? []), [data]);
  const totals = data && w.totals(data.totales, owed.people, pesos(owed.money));
  const tasks = data ? data.por_hacer_total.length > 0 || (shown === now && !asOf) : date === now && !asOf;
  const todo = data && w.todo(leftOf(data));
  return (
    <div className="today" ref={list} onKeyDown={(event) => walk(event, list.current)}>
      <header className="today-head">
        <span className="titled"><h2 id="today">{name ? `${name}, ${weekday(shown)}` : weekday(shown)}</h2><How id="today" name={w.today} /></span>
        <div className="row no-print">
          <button type="button" className="button icon tight" aria-label={w.dayBefore} onClick={() => choose(plusDays(date, -1))}><Icon name="back" size={16} /></button>
          {date !== now && <button type="button" className="button tight" onClick={() => choose(undefined)}>{w.today}</button>}
          <button type="button" className="button icon tight flip" aria-label={w.dayAfter} onClick={() => choose(plusDays(date, 1))}><Icon name="back" size={16} /></button>
          <button type="button" className="button icon tight" aria-label={w.print} onClick={() => print()}><Icon name="print" size={16} /></button>
        </div>
        <p className="today-totals" role="status">{totals ?? words.loading}</p>
        {tasks && <button type="button" className="button today-jump no-print" disabled={!todo} onClick={() => toTasks()}><Icon name="check" size={16} />{todo ?? w.todoName}</button>}
      </header>
      {error ? <Problem error={error} retry={reload} /> : null}
      {data ? (
        <div className={tasks ? 'today-columns' : 'today-columns alone'}>
          <section aria-labelledby="today" className="card arrivals-card">
            {data.llegadas.length === 0
              ? <Empty title={w.nobody}><button type="button" className="button" onClick={() => choose(plusDays(date, 1))}>{w.dayAfter}</button></Empty>
              : <ol className="arrivals">{data.llegadas.map((one) => <Row key={one.reserva} one={one} before={owed.before.get(one.reserva) ?? 0} />)}</ol>}
            {data.totales.cuentas_de_la_casa > 0 && <p className="tiny muted">{w.house(data.totales.cuentas_de_la_casa)}</p>}
          </section>
          {tasks && <Tasks data={data} whole={whole} showAll={() => setWhole(true)} changed={() => redraw((count) => count + 1)} />}
        </div>
      ) : !error && <div className="card arrivals-card"><Loading lines={8} height="2.6rem" /></div>}
    </div>
  );
}

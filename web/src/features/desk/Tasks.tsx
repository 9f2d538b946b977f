import { useState } from 'react';
import type { Today, Todo } from '../../api/generated';
import { remember, remembered } from '../../app/settings';
import { ago, day, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { How } from '../../ui/How';
import { Link } from '../../ui/parts';

// What was ticked, by the day: ids and moments alone, on this device, and gone with the next day.
const place = 'todo.done';
interface Ticked { day: string; keys: string[] }

const keyOf = (one: Todo): string => [one.tipo, one.customer_id ?? '', one.fecha ?? one.vence ?? '', one.monto].join(' ');

/** How many are left, as this device remembers. */
export function leftOf(data: Today): number {
  const kept = remembered<Ticked>(place, { day: '', keys: [] });
  const ticked = kept.day === data.date ? kept.keys : [];
  return data.por_hacer_total.reduce((sum, one) => sum + one.total, 0) - data.por_hacer.filter((one) => ticked.includes(keyOf(one))).length;
}

export const tasks_heading = 'tasks';

function useTicked(today: string): [ReadonlySet<string>, (key: string) => void] {
  const [keys, setKeys] = useState<string[]>(() => {
    const kept = remembered<Ticked>(place, { day: '', keys: [] });
    return kept.day === today ? kept.keys : [];
  });
  const turn = (key: string) => {
    const next = keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
    setKeys(next);
    remember(place, { day: today, keys: next });
  };
  return [new Set(keys), turn];
}

function Task({ one, at, done, turn }: { one: Todo; at: string; done: boolean; turn: () => void }) {
  const w = useWords().today;
  const name = one.nombre || w.somebody;
  const text = {
    responder: w.reply(name), pago_pendiente: w.collect(name, pesos(one.monto)), encuesta: w.complaint(name, one.encuesta_nps),
    gift_card_por_vencer: w.cardEnds(name, pesos(one.monto), day(one.vence)), primera_visita: w.thank(name),
  }[one.tipo];
  const whole = <><span>{text}</span>{one.fecha && <span className="tiny muted">{ago(one.fecha, at)}</span>}{one.dijo && <span className="task-said small muted">«{one.dijo}»</span>}</>;
  return (
    <li className={done ? 'task-row done' : 'task-row'}>
      <input type="checkbox" checked={done} aria-label={w.done(text)} title={w.done(text)} onChange={turn} />
      {one.customer_id === null ? <span className="task">{whole}</span> : <Link to={`/clientes/${one.customer_id}`} className="task">{whole}</Link>}
    </li>
  );
}

/** What is to be done, each to be ticked; `whole`: all of it is here, else some of each kind. */
export function Tasks({ data, whole, showAll, changed }: { data: Today; whole: boolean; showAll: () => void; changed: () => void }) {
  const w = useWords().today;
  const [ticked, turnHere] = useTicked(data.date ?? '');
  const turn = (key: string) => {
    turnHere(key);
    changed();
  };
  const all = data.por_hacer_total.reduce((sum, one) => sum + one.total, 0);
  const done = data.por_hacer.filter((one) => ticked.has(keyOf(one))).length;
  const rest = all - data.por_hacer.length;
  return (
    <section className="card tasks" aria-labelledby={tasks_heading}>
      <header><span className="titled"><h2 id={tasks_heading} tabIndex={-1}>{w.todo(all - done)}</h2><How id="por_hacer" name={w.todo(all - done)} /></span>{done > 0 && <span className="tiny muted">{w.doneCount(done)}</span>}</header>
      {all === done && <p className="small muted">{w.allDone}</p>}
      <ul>{data.por_hacer.map((one, index) => <Task key={`${keyOf(one)} ${index}`} one={one} at={data.as_of} done={ticked.has(keyOf(one))} turn={() => turn(keyOf(one))} />)}</ul>
      {rest > 0 && !whole && <button type="button" className="button quiet tight no-print" onClick={showAll}>{w.moreTasks(rest)}</button>}
      {all > 0 && <p className="tiny muted no-print">{w.doneHere}</p>}
    </section>
  );
}

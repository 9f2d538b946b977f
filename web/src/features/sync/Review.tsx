import { useCallback, useEffect, useRef, useState } from 'react';
import { api, type MappingView, type MatchExplanation } from '../../api/generated';
import { ApiError } from '../../api/http';
import { forget, useQuery } from '../../api/useQuery';
import { session } from '../../app/session';
import { day, number, pesos, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Evidence } from '../../ui/Evidence';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { Empty, Link, Loading, Problem, toast } from '../../ui/parts';

const page_size = 50;

interface Decided {
  mapping: MappingView;
  what: 'accepted' | 'rejected';
}

/** What waits for a person, or what holds already and has most standing on it. */
type Waiting = 'pending' | 'active';

/** The queue, asked for as it is worked through; whoever is decided leaves it at once. */
function useQueue(of: Waiting) {
  const [queue, setQueue] = useState<MappingView[] | null>(null);
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const next = useRef<string | null>(null);
  const asking = useRef(false);

  const more = useCallback(async (cursor: string | null) => {
    if (asking.current) return;
    asking.current = true;
    try {
      const page = await api.list_mappings({ status: of, order: 'worth', limit: page_size, ...(cursor ? { cursor } : {}) });
      next.current = page.next;
      setTotal(page.counts[of]);
      setQueue((old) => {
        const known = new Set((cursor ? (old ?? []) : []).map((one) => one.id));
        return [...(cursor ? (old ?? []) : []), ...page.mappings.filter((one) => !known.has(one.id))];
      });
      setError(null);
    } catch (failure) {
      setError(failure);
    }
    asking.current = false;
  }, [of]);
  useEffect(() => void more(null), [more, turn]);
  return { queue, setQueue, total, setTotal, error, reload: () => setTurn((count) => count + 1), more: () => next.current && void more(next.current) };
}

function Pair({ explanation }: { explanation: MatchExplanation }) {
  const words = useWords();
  const old = explanation.legacy_customer, now = explanation.customer;
  const rows: [string, string, string][] = [
    ['nombre', old.nombre, now.nombre], ['telefono', phone(old.telefono), phone(now.telefono)], ['email', old.email ?? '', now.email ?? ''],
    ['documento_identidad', rut(old.documento_identidad), rut(now.documento_identidad)], ['ciudad', old.ciudad ?? '', now.ciudad ?? ''],
    ['creado', old.created_on ? day(old.created_on) : '', now.created_at ? day(now.created_at) : ''],
  ];
  const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
  const shared = (a: string, b: string) => fold(a).split(' ').some((word) => fold(b).split(' ').includes(word));
  const state = (name: string, a: string, b: string) => (name === 'creado' ? '' : !a || !b ? 'missing' : fold(a) === fold(b) ? 'same' : name === 'nombre' && shared(a, b) ? 'similar' : 'differs');
  const said: Record<string, string> = { same: words.sync.same, similar: words.sync.similar, differs: words.sync.differs, missing: words.sync.onlyOne };
  return (
    <table className="pair">
      <thead><tr><td /><th scope="col"><span className="tag legacy">{words.sync.legacy}</span> <span className="tiny muted">{explanation.legacy_id}</span></th><td /><th scope="col"><span className="tag current">{words.sync.current}</span> <span className="tiny muted">{explanation.current_id}</span></th></tr></thead>
      <tbody>
        {rows.map(([name, a, b]) => {
          const how = state(name, a, b);
          return (
            <tr key={name} className={how}>
              <th scope="row">{words.sync.fields[name]}</th><td>{a || '–'}</td>
              <td className="how">{how && <><span aria-hidden="true">{how === 'same' ? '=' : how === 'similar' ? '≈' : how === 'differs' ? '≠' : '·'}</span><span className="visually-hidden">{said[how]}</span></>}</td><td>{b || '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Rivals({ explanation }: { explanation: MatchExplanation }) {
  const words = useWords();
  if (explanation.rivals.length === 0) return <p className="small muted">{words.sync.noRivals}</p>;
  return (
    <ul className="stack-s">
      {explanation.rivals.slice(0, 4).map((rival) => (
        <li key={rival.current_id} className="row between small"><Link to={`/clientes/${rival.current_id}`} className="clip">{rival.current_name}</Link><span>{rival.rejected && <span className="tag bad">{words.sync.rejected}</span>} <b>{number(Math.round(rival.confidence))} %</b></span></li>
      ))}
    </ul>
  );
}

export function Review({ of, decided }: { of: Waiting; decided: () => void }) {
  const words = useWords();
  const { queue, setQueue, total, setTotal, error, reload, more } = useQueue(of);
  const [at, setAt] = useState(0);
  const [done, setDone] = useState<Decided[]>([]);
  const began = useRef(0);
  const writes = session.canWrite();
  const place = queue && queue.length > 0 ? Math.min(at, queue.length - 1) : 0;
  const mapping = queue?.[place];
  const following = queue?.[place + 1];
  const explain = (one: MappingView | undefined) => (one ? `explain ${one.id}` : null);
  const { data, error: why_error, reload: why_again } = useQuery(explain(mapping), (signal) => api.explain_mapping({ mapping_id: mapping?.id ?? '' }, { signal }));
  // The next one is asked for while this one is read.
  useQuery(explain(following), (signal) => api.explain_mapping({ mapping_id: following?.id ?? '' }, { signal }));

  useEffect(() => {
    if (queue && queue.length - place < 10) more();
  }, [queue, place, more]);

  const told = (failure: unknown) => toast(failure instanceof ApiError ? failure.message : words.error.unreachable);
  const decide = (what: Decided['what']) => {
    if (!writes || !mapping || !queue) return;
    if (began.current === 0) began.current = Date.now();
    const one = mapping;
    setQueue(queue.filter((other) => other.id !== one.id));
    setTotal((count) => count - 1);
    setDone((all) => [...all, { mapping: one, what }]);
    (what === 'accepted' ? api.accept_mapping : api.reject_mapping)({ mapping_id: one.id }).then(
      () => {
        forget();
        toast(`${words.sync[what]}. ${words.sync.undoHint}`);
        decided();
      },
      (failure) => {
        told(failure);
        setDone((all) => all.filter((other) => other.mapping.id !== one.id));
        reload();
      },
    );
  };
  const undo = () => {
    const last = done.at(-1);
    if (!writes) return;
    if (!last) return toast(words.sync.nothingToUndo);
    setDone((all) => all.slice(0, -1));
    api.undo_mapping({ mapping_id: last.mapping.id }).then(
      () => {
        forget();
        setQueue((all) => [...(all ?? []).slice(0, place), last.mapping, ...(all ?? []).slice(place)]);
        setTotal((count) => count + 1);
        toast(words.sync.undone);
        decided();
      },
      told,
    );
  };
  const step = (by: number) => {
    if (!queue || queue.length === 0) return;
    if (place + by >= queue.length) toast(words.sync.skippedEnd);
    setAt((place + by + queue.length) % queue.length);
  };

  const acts = useRef({ decide, undo, step });
  acts.current = { decide, undo, step };
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.altKey || event.ctrlKey || event.metaKey || target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return;
      const act: Record<string, () => void> = {
        a: () => acts.current.decide('accepted'), r: () => acts.current.decide('rejected'), u: () => acts.current.undo(),
        ArrowRight: () => acts.current.step(1), ArrowDown: () => acts.current.step(1), ArrowLeft: () => acts.current.step(-1), ArrowUp: () => acts.current.step(-1),
      };
      const one = act[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!one) return;
      event.preventDefault();
      one();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);

  if (error) return <Problem error={error} retry={reload} />;
  if (!queue) return <div className="card"><Loading lines={8} height="2rem" /></div>;
  const hours = (Date.now() - began.current) / 3_600_000;
  const undo_button = writes && <button type="button" className="button quiet" disabled={done.length === 0} onClick={undo}><Icon name="undo" size={16} />{words.sync.undo} <kbd>U</kbd></button>;
  if (!mapping) return <div className="card"><Empty icon="check" title={of === 'pending' ? words.sync.empty : words.sync.noneActive}><span>{of === 'pending' ? words.sync.emptyHint : words.sync.noneActiveHint}</span>{undo_button}</Empty></div>;
  return (
    <div className="review">
      <section className="card review-main" aria-labelledby="same">
        <header>
          <h2 id="same">{words.sync.isSame}</h2>
          <span className="small muted" role="status">{(of === 'pending' ? words.sync.position : words.sync.placeActive)(place + 1, number(total))}{done.length > 1 && ` · ${words.sync.pace(done.length, Math.round(done.length / Math.max(hours, 1 / 3600)))}`}</span>
        </header>
        {why_error ? <Problem error={why_error} retry={why_again} /> : !data ? <Loading lines={7} height="2rem" /> : (
          <>
            <Pair explanation={data} />
            <p className="small muted review-worth">{words.sync.worth(words.desk.visits(mapping.worth.visits), pesos(mapping.worth.total_spent))} · <Link to={`/clientes/${data.current_id}`}>{words.sync.openCustomer}</Link></p>
          </>
        )}
        {writes ? (
          <div className="review-acts">
            <button type="button" className="button primary" onClick={() => decide('accepted')}><Icon name="check" size={17} />{words.sync.accept} <kbd>A</kbd></button>
            <button type="button" className="button danger" onClick={() => decide('rejected')}><Icon name="close" size={17} />{words.sync.reject} <kbd>R</kbd></button>
            <button type="button" className="button" onClick={() => step(1)}>{words.sync.next} <kbd>→</kbd></button>
            <button type="button" className="button quiet" onClick={() => step(-1)}>{words.sync.previous} <kbd>←</kbd></button>
            {undo_button}
          </div>
        ) : (
          <div className="review-acts"><button type="button" className="button" onClick={() => step(1)}>{words.sync.next} <kbd>→</kbd></button><button type="button" className="button quiet" onClick={() => step(-1)}>{words.sync.previous} <kbd>←</kbd></button><p className="small muted">{words.sync.readOnly}</p></div>
        )}
      </section>
      <div className="stack">
        <section className="card" aria-labelledby="evidence">
          <header><h2 id="evidence">{words.sync.evidence}</h2>{data && <span><span className="tiny muted">{words.sync.confidence}</span> <b className="review-sure">{number(Math.round(data.confidence))} %</b> <How id="confidence_score" name={words.sync.confidence} /></span>}</header>
          {data ? <Evidence explanation={data} /> : !why_error && <Loading lines={5} height="1.6rem" />}
        </section>
        <section className="card" aria-labelledby="rivals"><header><h2 id="rivals">{words.sync.rivals}</h2></header>{data ? <Rivals explanation={data} /> : <Loading lines={2} />}</section>
      </div>
    </div>
  );
}

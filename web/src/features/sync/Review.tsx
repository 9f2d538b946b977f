import { useEffect, useRef, useState, type ReactNode } from 'react';
import { api, type MappingCounts, type MappingView, type MatchExplanation } from '../../api/generated';
import { ApiError } from '../../api/http';
import { forget } from '../../api/useQuery';
import { session } from '../../app/session';
import { asPercent, number, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Evidence } from '../../ui/Evidence';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { Empty, Link, Loading, Problem, toast } from '../../ui/parts';
import { dropExplanation, retryExplanation, useExplanations, wantExplanation } from './explanations';
import { Pair } from './Pair';
import { toDecisions, useKeys, useSeen } from './seen';
import { useQueue } from './useQueue';

const page_size = 50;
const ahead = 5;  // explanations asked for before they are looked at

export type Change = Partial<Record<keyof MappingCounts, number>>;

interface Decided {
  mapping: MappingView;
  what: 'accepted' | 'rejected';
  at: number;
}

/** What waits for a person, or what holds already and has most standing on it. */
type Waiting = 'pending' | 'active';

function Rivals({ explanation }: { explanation: MatchExplanation }) {
  const words = useWords();
  if (explanation.rivals.length === 0) return <p className="small muted">{words.sync.noRivals}</p>;
  return (
    <ul className="stack-s">
      {explanation.rivals.slice(0, 4).map((rival) => (
        <li key={rival.current_id} className="row between small"><Link to={`/clientes/${rival.current_id}`} className="clip">{rival.current_name}</Link><span>{rival.rejected && <span className="tag bad">{words.sync.rejected}</span>} <b>{asPercent(Math.round(rival.confidence))}</b></span></li>
      ))}
    </ul>
  );
}

function Compared({ explanation }: { explanation: MatchExplanation }) {
  const words = useWords();
  const old = explanation.legacy_customer, now = explanation.customer;
  return (
    <Pair
      left={{ title: words.sync.legacy, kind: 'legacy', id: explanation.legacy_id, to: `/historicos/${encodeURIComponent(explanation.legacy_id)}`, nombre: old.nombre, telefono: old.telefono, email: old.email, documento_identidad: old.documento_identidad, ciudad: old.ciudad, creado: old.created_on, history: explanation.legacy_history }}
      right={{ title: words.sync.current, kind: 'current', id: String(explanation.current_id), to: `/clientes/${explanation.current_id}`, nombre: now.nombre, telefono: now.telefono, email: now.email, documento_identidad: now.documento_identidad, ciudad: now.ciudad, creado: now.created_at, history: explanation.customer_history }}
    />
  );
}

/** To the pair before and the next one, deciding nothing. */
export function Walk({ step }: { step: (by: number) => void }) {
  const words = useWords();
  return (
    <span className="row review-walk">
      <button type="button" className="button icon" aria-label={words.sync.previous} title={`${words.sync.previous} (←)`} onClick={() => step(-1)}>←</button>
      <button type="button" className="button icon" aria-label={words.sync.next} title={`${words.sync.next} (→)`} onClick={() => step(1)}>→</button>
    </span>
  );
}

/** The two records, what speaks for and against, and the acts, which stay in reach at every size. */
export function ReviewCard({ title, status, acts, more, evidence, side, children, element }: { title: string; status: string; acts: ReactNode; more?: ReactNode; evidence: ReactNode; side?: ReactNode; children: ReactNode; element: React.RefObject<HTMLDivElement | null> }) {
  return (
    <div className="review" ref={element}>
      <section className="card review-main" aria-labelledby="same">
        <header><h2 id="same">{title}</h2><span className="row wrap review-told"><span className="small muted" role="status">{status}</span>{more}</span></header>
        <div className="review-body">{children}</div>
        {/* A button that is held down is pressed once, as a key is. */}
        <div className="review-acts" onKeyDown={(event) => event.repeat && (event.key === 'Enter' || event.key === ' ') && event.preventDefault()}>{acts}</div>
      </section>
      <div className="stack">{evidence}{side}</div>
    </div>
  );
}

/** `untouched`: no sync has found anything yet. */
export function Review({ of, decided, untouched }: { of: Waiting; decided: (change: Change) => void; untouched: boolean }) {
  const words = useWords();
  const [at, setAt] = useState(0);
  const { queue, total, error, reload, take, put } = useQueue<MappingView>(async (cursor) => {
    const page = await api.list_mappings({ status: of, order: 'worth', limit: page_size, ...(cursor ? { cursor } : {}) });
    return { items: page.mappings, next: page.next, total: page.counts[of] };
  }, at);
  const [done, setDone] = useState<Decided[]>([]);
  const began = useRef(0);
  const writes = session.canWrite();
  const place = queue && queue.length > 0 ? Math.min(at, queue.length - 1) : 0;
  const mapping = queue?.[place];
  const explanation = useExplanations()(mapping?.id);
  const data = explanation.data;
  const { element, ready } = useSeen(mapping && data ? mapping.id : null);

  useEffect(() => {
    for (const one of (queue ?? []).slice(place, place + ahead)) wantExplanation(one.id);
  }, [queue, place]);

  const told = (failure: unknown) => toast(failure instanceof ApiError ? failure.message : words.error.unreachable);
  const decide = (what: Decided['what']) => {
    if (!writes || !mapping || !queue || !ready()) return;
    if (began.current === 0) began.current = Date.now();
    const one = mapping;
    // Who is one customer is no other: the record's other candidates leave the queue as well.
    const others = what === 'accepted' ? queue.filter((other) => other.id !== one.id && other.legacy_id === one.legacy_id) : [];
    take([one.id, ...others.map((other) => other.id)]);
    setDone((all) => [...all, { mapping: one, what, at: place }]);
    decided({ [of]: -1 - others.length, [what]: 1 });
    (what === 'accepted' ? api.accept_mapping : api.reject_mapping)({ mapping_id: one.id }).then(
      () => {
        forget();
        for (const other of queue) if (other.legacy_id === one.legacy_id) dropExplanation(other.id);
        toast(`${words.sync[what]}. ${words.sync.undoHint}`);
      },
      (failure) => {
        told(failure);
        setDone((all) => all.filter((other) => other.mapping.id !== one.id));
        decided({ [of]: 1 + others.length, [what]: -1 });
        // Somebody else has decided: it is no longer of this queue. Anything else gives it back.
        if (failure instanceof ApiError && failure.status === 409) return;
        for (const other of others) put(other, place);
        put(one, place);
      },
    );
  };
  const undo = () => {
    const last = done.at(-1);
    if (!writes) return;
    if (!last) return toast(words.sync.nothingToUndo, toDecisions());
    setDone((all) => all.slice(0, -1));
    api.undo_mapping({ mapping_id: last.mapping.id }).then(
      () => {
        forget();
        put(last.mapping, last.at);
        setAt(last.at);
        decided({ [of]: 1, [last.what]: -1 });
        toast(words.sync.undone);
      },
      (failure) => {
        setDone((all) => [...all, last]);
        told(failure);
      },
    );
  };
  const undoAll = () => {
    const all = done;
    setDone([]);
    api.undo_decisions({ subjects: all.map((one) => one.mapping.id).reverse() }).then(
      (report) => {
        forget();
        toast(words.decisions.undoneMany(report.undone));
        const change = (what: Decided['what']) => -all.filter((one) => one.what === what).length;
        decided({ [of]: report.undone, accepted: change('accepted'), rejected: change('rejected') });
        reload();
      },
      (failure) => {
        setDone(all);
        told(failure);
      },
    );
  };
  const step = (by: number) => {
    if (!queue || queue.length === 0) return;
    if (place + by >= queue.length) toast(words.sync.skippedEnd);
    setAt((place + by + queue.length) % queue.length);
  };
  useKeys({
    a: () => decide('accepted'), r: () => decide('rejected'), u: undo,
    ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
  });

  if (error) return <Problem error={error} retry={reload} />;
  if (!queue) return <div className="card"><Loading lines={8} height="2rem" /></div>;
  const hours = (Date.now() - began.current) / 3_600_000;
  const undo_button = writes && <button type="button" className="button quiet" disabled={done.length === 0} onClick={undo}><Icon name="undo" size={16} />{words.sync.undo} <kbd>U</kbd></button>;
  const undo_many = writes && done.length > 1 && <button type="button" className="button quiet tight" onClick={undoAll}>{words.decisions.undoMany(done.length)}</button>;
  if (!mapping) return <div className="card"><Empty icon="check" title={of === 'pending' ? words.sync.empty : words.sync.noneActive}><span>{untouched ? words.firstTime.unsynced : of === 'pending' ? words.sync.emptyHint : words.sync.noneActiveHint}</span>{undo_button}{undo_many}</Empty></div>;
  const walk = <Walk step={step} />;
  return (
    <ReviewCard
      element={element}
      title={words.sync.isSame}
      status={`${(of === 'pending' ? words.sync.position : words.sync.placeActive)(place + 1, number(total))}${done.length > 1 ? ` · ${words.sync.pace(done.length, Math.round(done.length / Math.max(hours, 1 / 3600)))}` : ''}`}
      acts={writes ? (
        <>
          <button type="button" className="button primary" disabled={!data} onClick={() => decide('accepted')}><Icon name="check" size={17} />{words.sync.accept} <kbd>A</kbd></button>
          <button type="button" className="button danger" disabled={!data} onClick={() => decide('rejected')}><Icon name="close" size={17} />{words.sync.reject} <kbd>R</kbd></button>
          {walk}
          {undo_button}
        </>
      ) : <>{walk}<p className="small muted">{words.sync.readOnly}</p></>}
      more={undo_many}
      evidence={(
        <section className="card" aria-labelledby="evidence">
          <header><h2 id="evidence">{words.sync.evidence}</h2>{data && <span><span className="tiny muted">{words.sync.confidence}</span> <b className="review-sure">{asPercent(Math.round(data.confidence))}</b> <How id="confidence_score" name={words.sync.confidence} /></span>}</header>
          {data ? <Evidence explanation={data} /> : !explanation.error && <Loading lines={5} height="1.6rem" />}
        </section>
      )}
      side={<section className="card" aria-labelledby="rivals"><header><h2 id="rivals">{words.sync.rivals}</h2></header>{data ? <Rivals explanation={data} /> : <Loading lines={2} />}</section>}
    >
      {explanation.error ? <Problem error={explanation.error} retry={() => retryExplanation(mapping.id)} /> : !data ? <Loading lines={7} height="2rem" /> : (
        <>
          <Compared explanation={data} />
          <p className="small muted review-worth">{words.sync.worth(words.desk.visits(mapping.worth.visits), pesos(mapping.worth.total_spent))}</p>
        </>
      )}
    </ReviewCard>
  );
}

import { useState } from 'react';
import { api, type DuplicateSide, type DuplicateView } from '../../api/generated';
import { ApiError } from '../../api/http';
import { refresh } from '../../api/useQuery';
import { session } from '../../app/session';
import { asPercent, number } from '../../format';
import { useWords } from '../../i18n/language';
import { Evidence } from '../../ui/Evidence';
import { Icon } from '../../ui/icons';
import { Empty, Loading, Problem, toast } from '../../ui/parts';
import { Pair, type Side } from './Pair';
import { ReviewCard, Walk } from './Review';
import { toDecisions, useKeys, useSeen } from './seen';
import { useQueue } from './useQueue';

const page_size = 40;

interface One {
  id: string;
  view: DuplicateView;
}

interface Decided {
  one: One;
  merge: string;
  at: number;
}

export function useSide(): (side: DuplicateSide, title: string) => Side {
  return ({ customer, history }, title) => ({
    title, kind: 'current', id: String(customer.id), to: `/clientes/${customer.id}`, nombre: customer.nombre, telefono: customer.telefono, email: customer.email,
    documento_identidad: customer.documento_identidad, ciudad: customer.ciudad, creado: customer.created_at, history,
  });
}

/** Today's customers who look like one person: said to be, or not to be, by somebody who has seen both. */
export function Duplicates({ decided }: { decided: () => void }) {
  const words = useWords();
  const side = useSide();
  const [at, setAt] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const { queue, total, error, reload, take, put } = useQueue<One>(async (cursor) => {
    const page = await api.list_duplicates({ limit: page_size, ...(cursor ? { cursor } : {}) });
    setWaiting(!page.ready);
    return { items: page.pairs.map((view) => ({ id: `${view.kept.customer.id} ${view.other.customer.id}`, view })), next: page.next, total: page.total };
  }, at);
  const [done, setDone] = useState<Decided[]>([]);
  const writes = session.canWrite();
  const place = queue && queue.length > 0 ? Math.min(at, queue.length - 1) : 0;
  const one = queue?.[place];
  const { element, ready } = useSeen(one?.id ?? null);
  const told = (failure: unknown) => toast(failure instanceof ApiError ? failure.message : words.error.unreachable);

  const decide = (verdict: 'same' | 'different') => {
    if (!writes || !one || !ready()) return;
    const pair = one, from = place;
    take([pair.id]);
    api.decide_duplicate({ kept_id: pair.view.kept.customer.id, other_id: pair.view.other.customer.id, verdict }).then(
      (merge) => {
        refresh();
        setDone((all) => [...all, { one: pair, merge: merge.id, at: from }]);
        toast(`${verdict === 'same' ? words.decisions.merged : words.decisions.apart}. ${words.sync.undoHint}`);
        decided();
        // Who has become one is one in the rest of the queue as well.
        if (verdict === 'same') reload();
      },
      (failure) => {
        told(failure);
        if (!(failure instanceof ApiError && failure.status === 409)) put(pair, from);
      },
    );
  };
  const undo = () => {
    const last = done.at(-1);
    if (!writes) return;
    if (!last) return toast(words.sync.nothingToUndo, toDecisions());
    setDone((all) => all.slice(0, -1));
    api.undo_duplicate({ merge_id: last.merge }).then(
      () => {
        refresh();
        put(last.one, last.at);
        setAt(last.at);
        toast(words.sync.undone);
        decided();
      },
      (failure) => {
        setDone((all) => [...all, last]);
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
    a: () => decide('same'), r: () => decide('different'), u: undo,
    ArrowRight: () => step(1), ArrowDown: () => step(1), ArrowLeft: () => step(-1), ArrowUp: () => step(-1),
  });

  if (error) return <Problem error={error} retry={reload} />;
  if (!queue) return <div className="card"><p className="small muted">{words.decisions.comparing}</p><Loading lines={8} height="2rem" /></div>;
  const undo_button = writes && <button type="button" className="button quiet" disabled={done.length === 0} onClick={undo}><Icon name="undo" size={16} />{words.sync.undo} <kbd>U</kbd></button>;
  if (!one) {
    return (
      <div className="card">
        <Empty icon={waiting ? 'steam' : 'check'} title={waiting ? words.decisions.comparing : words.decisions.noDuplicates}>
          {waiting ? <button type="button" className="button" onClick={reload}>{words.error.retry}</button> : <span>{words.decisions.noDuplicatesHint}</span>}
          {undo_button}
        </Empty>
      </div>
    );
  }
  const walk = <Walk step={step} />;
  return (
    <ReviewCard
      element={element}
      title={words.sync.isSame}
      status={words.sync.position(place + 1, number(total))}
      acts={writes ? (
        <>
          <button type="button" className="button primary" onClick={() => decide('same')}><Icon name="check" size={17} />{words.sync.accept} <kbd>A</kbd></button>
          <button type="button" className="button danger" onClick={() => decide('different')}><Icon name="close" size={17} />{words.sync.reject} <kbd>R</kbd></button>
          {walk}
          {undo_button}
        </>
      ) : <>{walk}<p className="small muted">{words.sync.readOnly}</p></>}
      evidence={(
        <section className="card" aria-labelledby="evidence">
          <header><h2 id="evidence">{words.sync.evidence}</h2><span><span className="tiny muted">{words.sync.confidence}</span> <b className="review-sure">{asPercent(Math.round(one.view.confidence))}</b></span></header>
          <Evidence explanation={one.view} />
        </section>
      )}
    >
      <Pair left={side(one.view.kept, words.decisions.keeps)} right={side(one.view.other, words.decisions.joins)} />
      <p className="small muted review-worth">{words.decisions.mergeHint}</p>
    </ReviewCard>
  );
}

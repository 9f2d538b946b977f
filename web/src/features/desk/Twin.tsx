import { lazy, Suspense, useEffect, useState } from 'react';
import { api, type BasicInfo, type CustomerDuplicates, type DuplicateView } from '../../api/generated';
import { refresh, useQuery } from '../../api/useQuery';
import { go, href } from '../../app/router';
import { session } from '../../app/session';
import { day, phone } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { Loading, toast } from '../../ui/parts';
import { useTold } from './Unlink';
import './records.css';

// The comparison comes with its page's code when somebody asks for it.
const Compare = lazy(() => import('../sync/Compare'));

const asking = new Map<number, Promise<CustomerDuplicates>>();

/** One question for all who ask at once. */
function ask(customer: number): Promise<CustomerDuplicates> {
  const known = asking.get(customer);
  if (known) return known;
  const answer = api.customer_duplicates({ customer_id: customer }).finally(() => asking.delete(customer));
  asking.set(customer, answer);
  return answer;
}

/** «Quizá es la misma que …»: another of today's customers who looks like this one. `id` is the one that was asked for. */
export function Twin({ id, customer }: { id: number; customer: number }) {
  const words = useWords();
  const told = useTold();
  const [open, setOpen] = useState<DuplicateView | null>(null);
  const { data, reload } = useQuery(`duplicates ${customer}`, () => ask(customer));
  const waits = data?.ready === false;
  useEffect(() => {
    // The comparison of everybody is under way: asked again until it is there.
    if (!waits) return;
    const timer = setInterval(reload, 4000);
    return () => clearInterval(timer);
  }, [waits, reload]);
  useEffect(() => {
    if (id === customer) return;
    // The other number of somebody who is one: the page goes to the number they go by, and says so.
    toast(words.decisions.sameAs(id, customer));
    go(href(`/clientes/${customer}`), true);
  }, [id, customer, words]);
  const decide = (pair: DuplicateView, verdict: 'same' | 'different') => api.decide_duplicate({ kept_id: pair.kept.customer.id, other_id: pair.other.customer.id, verdict }).then(
    (merge) => {
      setOpen(null);
      refresh();
      toast(verdict === 'same' ? words.decisions.merged : words.decisions.apart, { name: words.sync.undo, run: () => void api.undo_duplicate({ merge_id: merge.id }).then(() => { refresh(); toast(words.sync.undone); }, told) });
    },
    told,
  );
  const pair = data?.pairs[0];
  if (!pair) return null;
  const other = pair.kept.customer.id === customer ? pair.other : pair.kept;
  return (
    <section className="card twin no-print" aria-label={words.decisions.duplicates}>
      <Icon name="people" size={18} />
      <p className="grow">{words.decisions.maybe} <b>{other.customer.nombre}</b> ({words.desk.visits(other.history.total_visitas)}{other.history.ultima_visita && `, ${words.desk.lastVisit} ${day(other.history.ultima_visita)}`})</p>
      <button type="button" className="button tight" aria-expanded={open !== null} onClick={() => setOpen(open ? null : pair)}>{words.decisions.compare}</button>
      {open && (
        <div className="twin-compare">
          <Suspense fallback={<Loading lines={6} />}><Compare view={open} /></Suspense>
          {session.canWrite() && (
            <div className="record-acts">
              <button type="button" className="button primary" onClick={() => decide(open, 'same')}><Icon name="check" size={16} />{words.sync.accept}</button>
              <button type="button" className="button danger" onClick={() => decide(open, 'different')}><Icon name="close" size={16} />{words.sync.reject}</button>
              <span className="tiny muted">{words.decisions.mergeHint}</span>
            </div>
          )}
        </div>
      )}
    </section>
  );
}

/** The customers of today who are one person here by somebody's word; each can be taken apart again. */
export function Merged({ customer, others }: { customer: number; others: BasicInfo[] }) {
  const words = useWords();
  const told = useTold();
  const { data } = useQuery(others.length > 0 ? `duplicates ${customer}` : null, () => ask(customer));
  if (others.length === 0) return null;
  const undo = (merge: string) => api.undo_duplicate({ merge_id: merge }).then(() => {
    refresh();
    toast(words.decisions.separated);
  }, told);
  return (
    <section className="card" aria-labelledby="merged">
      <header><h2 id="merged">{words.decisions.mergedTitle}</h2></header>
      <ul className="stack-s">
        {others.map((one) => {
          const decision = data?.decisions.find((each) => each.verdict === 'same' && (each.other_id === one.id || each.kept_id === one.id));
          return (
            <li key={one.id} className="record">
              <p className="row between"><span className="strong clip">{one.nombre}</span><span className="tiny muted">{words.guest.number} {one.id}</span></p>
              <p className="tiny muted clip">{[phone(one.telefono), one.email].filter(Boolean).join(' · ')}</p>
              {decision && <p className="tiny muted">{words.decisions.said(decision.decided_by_name, day(decision.decided_at))}{decision.reason && ` · «${decision.reason}»`}</p>}
              {decision && session.canWrite() && <span className="record-acts no-print"><button type="button" className="button tight" onClick={() => undo(decision.id)}>{words.decisions.separate}</button></span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

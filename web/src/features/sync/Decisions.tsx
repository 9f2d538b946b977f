import { useCallback, useEffect, useState } from 'react';
import { api, type DecisionRow } from '../../api/generated';
import { refresh } from '../../api/useQuery';
import { setQuery, useAddress } from '../../app/router';
import { session } from '../../app/session';
import { clock, day } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { Empty, Link, Loading, Problem, Segmented, toast } from '../../ui/parts';

const page_size = 50;
const kinds = ['all', 'yes', 'no', 'undone'] as const;
type Kind = (typeof kinds)[number];

/** What a decision said of the two; one that was taken back says nothing any more. */
const signOf = (row: DecisionRow): string => (/\.undo$/.test(row.action) ? '·' : /\.(reject|unlink|different)$/.test(row.action) ? '≠' : '=');

function Who({ row }: { row: DecisionRow }) {
  const customer = row.customer_id !== null && <Link to={`/clientes/${row.customer_id}`}>{row.customer_name || row.customer_id}</Link>;
  if (row.about === 'people') return <>{customer} {signOf(row)} {row.other_id !== null && <Link to={`/clientes/${row.other_id}`}>{row.other_name || row.other_id}</Link>} <span className="tiny muted">{row.customer_id} · {row.other_id}</span></>;
  return <>{row.legacy_id !== null && <Link to={`/historicos/${encodeURIComponent(row.legacy_id)}`}>{row.legacy_name || row.legacy_id}</Link>} {signOf(row)} {customer} <span className="tiny muted">{row.legacy_id} · {row.customer_id}</span></>;
}

/** All that people decided: who, when, why, what it was before; whoever may decide takes any of it back. */
export function Decisions({ changed }: { changed: () => void }) {
  const words = useWords();
  const { query } = useAddress();
  const asked = query.get('que');
  const kind: Kind = kinds.find((one) => one === asked) ?? 'all';
  const [rows, setRows] = useState<DecisionRow[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const writes = session.canWrite();

  const load = useCallback(async (cursor: string | null, signal?: AbortSignal) => {
    try {
      const page = await api.list_decisions({ limit: page_size, ...(kind === 'all' ? {} : { kind }), ...(cursor ? { cursor } : {}) }, signal ? { signal } : {});
      setRows((old) => (cursor ? [...(old ?? []), ...page.decisions] : page.decisions));
      setNext(page.next);
      setError(null);
    } catch (failure) {
      if (!signal?.aborted) setError(failure);
    }
  }, [kind]);
  useEffect(() => {
    const stop = new AbortController();
    setRows(null);
    setChosen([]);
    void load(null, stop.signal);
    return () => stop.abort();
  }, [load]);

  const undo = async (subjects: string[]) => {
    setBusy(true);
    try {
      const report = await api.undo_decisions({ subjects });
      refresh();
      toast(report.refused[0] ? report.refused[0].why : words.decisions.undoneMany(report.undone));
      setChosen([]);
      changed();
      await load(null);
    } catch (failure) {
      toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
    }
    setBusy(false);
  };

  return (
    <section className="card decisions" aria-labelledby="decisions">
      <header>
        <h2 id="decisions">{words.decisions.title}</h2>
        <Segmented label={words.decisions.which} value={kind} choices={kinds.map((one) => [one, words.decisions.kinds[one] ?? one] as const)} onChange={(to) => setQuery({ que: to === 'all' ? undefined : to })} />
      </header>
      {writes && chosen.length > 0 && (
        <p className="row wrap decisions-many"><button type="button" className="button danger" disabled={busy} onClick={() => undo(chosen)}><Icon name="undo" size={16} />{words.decisions.undoMany(chosen.length)}</button>
          <button type="button" className="button quiet" onClick={() => setChosen([])}>{words.decisions.none}</button></p>
      )}
      {error ? <Problem error={error} retry={() => void load(null)} /> : !rows ? <Loading lines={8} height="2.4rem" /> : rows.length === 0 ? <Empty icon="check" title={words.decisions.empty} /> : (
        <>
          <ul className="decision-list">
            {rows.map((row) => (
              <li key={row.id} className={row.stands ? 'decision' : 'decision past'}>
                {writes && <span className="decision-check">{row.stands && <input type="checkbox" aria-label={words.decisions.choose(`${row.legacy_name ?? row.other_name ?? ''} ${signOf(row)} ${row.customer_name ?? ''}`)} checked={chosen.includes(row.subject)} onChange={() => setChosen((all) => (all.includes(row.subject) ? all.filter((one) => one !== row.subject) : [...all, row.subject]))} />}</span>}
                <div className="grow">
                  <p className="decision-who"><Who row={row} /></p>
                  <p className="small"><b>{row.summary}</b>{row.reason && <> · «{row.reason}»</>}</p>
                  <p className="tiny muted">{row.by_name} · {day(row.at)} {clock(row.at)}{row.was && ` · ${words.decisions.was} ${row.was}`}{!row.stands && !row.action.endsWith('.undo') && ` · ${words.decisions.replaced}`}</p>
                </div>
                {writes && row.stands && <button type="button" className="button tight" disabled={busy} onClick={() => undo([row.subject])}><Icon name="undo" size={15} />{words.sync.undo}</button>}
              </li>
            ))}
          </ul>
          {next && <button type="button" className="button" onClick={() => void load(next)}>{words.decisions.more}</button>}
        </>
      )}
    </section>
  );
}

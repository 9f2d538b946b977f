import { useState } from 'react';
import { api, type AuditRow } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { clock, day, number } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem } from '../../ui/parts';
import { chipsOf } from '../people/filters';

/** What the audit keeps of an export; the people themselves are not in it. */
interface Kept {
  purpose: string;
  format: string;
  rows: number;
  left_out: Record<string, number>;
  hidden: number;
  list: string;
  filter: Record<string, unknown>;
}

// The operation's names of a filter, by the pages'.
const names = { segment: 'segment', r: 'recency', f: 'frequency', m: 'monetary', months: 'months', visits: 'min_visits', spent: 'min_spent', channel: 'channel', city: 'ciudad', quiet: 'unwritten_days', since: 'since', was: 'was' };

function Filter({ kept }: { kept: Kept }) {
  const words = useWords();
  const w = words.exports;
  const query = new URLSearchParams();
  for (const [ours, theirs] of Object.entries(names)) {
    const value = kept.filter[theirs];
    if (value !== undefined && value !== null) query.set(ours, String(value));
  }
  const first = Number(kept.filter['first'] ?? 0);
  const said = [w.lists[kept.list] ?? kept.list, ...(kept.list === 'elegidas' ? [] : chipsOf(query, words).map((chip) => chip.text)), ...(first > 0 ? [w.first(number(first))] : [])];
  return <>{said.join(' · ')}{typeof kept.filter['as_of'] === 'string' && <span className="tiny muted"> {words.people.atDay(day(kept.filter['as_of']))}</span>}</>;
}

function Row({ row }: { row: AuditRow }) {
  const words = useWords();
  const kept = row.after as Kept;
  const out = Object.values(kept.left_out).reduce((sum, one) => sum + one, 0);
  return (
    <tr>
      <th scope="row">{day(row.at)} {clock(row.at)}</th><td className="break">{row.actor_label ?? row.actor}</td>
      <td>{words.export.purposes[kept.purpose] ?? words.exports.table} <span className="tiny muted">{kept.format === 'xlsx' ? 'Excel' : 'CSV'}</span></td>
      <td className="num">{number(kept.rows)}</td><td className="num">{number(out)}{kept.hidden > 0 && <span className="tiny muted"> {words.exports.hidden(kept.hidden)}</span>}</td><td><Filter kept={kept} /></td>
    </tr>
  );
}

/** The lists that somebody took away: who, when, how many, by which filter, and who was left out. */
export function Exports() {
  const words = useWords();
  const w = words.exports;
  const [older, setOlder] = useState<{ rows: AuditRow[]; next: string | null } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const ask = (cursor?: string, signal?: AbortSignal) => api.audit_trail({ action: 'people.export', limit: 50, ...(cursor ? { cursor } : {}) }, signal ? { signal } : {});
  const { data, error, reload } = useQuery('exports', (signal) => ask(undefined, signal), true);
  const next = older ? older.next : data?.next ?? null;
  const rows = [...(data?.entries ?? []), ...(older?.rows ?? [])];
  const more = async () => {
    try {
      const page = await ask(next ?? undefined);
      setOlder((old) => ({ rows: [...(old?.rows ?? []), ...page.entries], next: page.next }));
      setFailed(null);
    } catch (failure) {
      setFailed(failure);
    }
  };
  return (
    <section className="card" aria-labelledby="exports-title">
      <h2 id="exports-title">{w.title}</h2>
      <p className="small muted">{w.hint}</p>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={6} /> : rows.length === 0 ? <p className="muted">{w.none}</p> : (
        <div className="sideways" tabIndex={0} role="group" aria-label={w.title}>
          <table className="plain-table">
            <thead><tr><th scope="col">{w.when}</th><th scope="col">{w.who}</th><th scope="col">{w.what}</th><th scope="col" className="num">{w.people}</th><th scope="col" className="num">{w.leftOut}</th><th scope="col">{w.filter}</th></tr></thead>
            <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
          </table>
        </div>
      )}
      {failed ? <Problem error={failed} retry={more} /> : next !== null && <button type="button" className="button" onClick={more}>{words.decisions.more}</button>}
    </section>
  );
}

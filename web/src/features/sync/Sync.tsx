import { useState } from 'react';
import { api, type MappingCounts } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useSources } from '../../api/useSources';
import { setQuery, useAddress } from '../../app/router';
import { session } from '../../app/session';
import { number } from '../../format';
import { useWords } from '../../i18n/language';
import { asksForWord } from '../../ui/loss';
import { Link, Problem, Segmented } from '../../ui/parts';
import { Decisions } from './Decisions';
import { Duplicates } from './Duplicates';
import { Health } from './Health';
import { Refused } from './Refused';
import { Review, type Change } from './Review';
import { Loss } from './Loss';
import { Run } from './Run';
import './sync.css';

const order = ['pending', 'active', 'accepted', 'rejected', 'retired'] as const;

/** Where each kind is looked at; the retired have nothing to decide. */
const pages: Partial<Record<(typeof order)[number], Record<string, string | undefined>>> = {
  pending: {}, active: { part: 'matter' }, accepted: { part: 'decisions', que: 'yes' }, rejected: { part: 'decisions', que: 'no' },
};

/** Which of them the page shows. */
const shownBy = (part: string, which: string | null): string | null => order.find((name) => {
  const page = pages[name];
  return page && (page['part'] ?? 'review') === part && (page['que'] ?? null) === which;
}) ?? null;

function Counts({ counts, change, at }: { counts: MappingCounts | undefined; change: Change; at: string | null }) {
  const words = useWords();
  return (
    <dl className="counts">
      {order.map((name) => {
        const to = pages[name];
        return (
          <div key={name} className={name === at ? `${name} on` : name}>
            <dt>{to ? <Link to="/sincronizacion" query={to} {...(name === at ? { 'aria-current': 'page' as const } : {})}>{words.sync.counts[name]}</Link> : words.sync.counts[name]}</dt>
            <dd>{counts ? number(Math.max(0, counts[name] + (change[name] ?? 0))) : '…'}</dd>
          </div>
        );
      })}
    </dl>
  );
}

export default function Sync() {
  const words = useWords();
  const { query } = useAddress();
  const part = query.get('part') ?? 'review';
  const [turn, setTurn] = useState(0);
  const [refusal, setRefusal] = useState('');
  const sources = useSources().data?.sources;
  const loss = refusal || (sources ?? []).flatMap((one) => [one.detail ?? '', ...one.notes]).find(asksForWord);
  // What was decided here since the counts were asked for; asking again after each would be one question a key.
  const [change, setChange] = useState<{ of: unknown; by: Change }>({ of: undefined, by: {} });
  const counts = useQuery(`counts ${turn}`, (signal) => api.list_mappings({ limit: 1 }, { signal }), true);
  const by = change.of === counts.data ? change.by : {};
  const decided = (more: Change) => setChange((old) => {
    const base = old.of === counts.data ? old.by : {};
    return { of: counts.data, by: Object.fromEntries(order.map((name) => [name, (base[name] ?? 0) + (more[name] ?? 0)])) };
  });
  const names = [['review', words.sync.review], ['duplicates', words.decisions.duplicates], ['decisions', words.decisions.title], ['matter', words.sync.matter], ['health', words.sync.health], ['refused', words.sync.rejectedRows]] as const;
  return (
    <div className="page-in">
      <div className="head">
        <div><h1>{words.sync.title}</h1><p>{words.sync.lead}</p></div>
        {session.canWrite() && <Run done={() => setTurn((count) => count + 1)} refused={setRefusal} />}
      </div>
      {loss && <Loss text={loss} accepted={() => setRefusal('')} />}
      {counts.error ? <Problem error={counts.error} retry={counts.reload} /> : null}
      <Counts counts={counts.data?.counts} change={by} at={shownBy(part, query.get('que'))} />
      <div className="sync-parts"><Segmented label={words.sync.parts} value={part} choices={names} onChange={(next) => setQuery({ part: next === 'review' ? undefined : next, que: undefined })} /></div>
      {part === 'health' ? <Health /> : part === 'refused' ? <Refused /> : part === 'duplicates' ? <Duplicates key={turn} decided={() => undefined} />
        : part === 'decisions' ? <Decisions changed={counts.reload} />
        : <Review key={`${part} ${turn}`} of={part === 'matter' ? 'active' : 'pending'} decided={decided} untouched={counts.data !== undefined && order.every((name) => counts.data?.counts[name] === 0)} />}
    </div>
  );
}

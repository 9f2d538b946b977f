import { useState } from 'react';
import { api, type MappingCounts } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { setQuery, useAddress } from '../../app/router';
import { session } from '../../app/session';
import { number } from '../../format';
import { useWords } from '../../i18n/language';
import { Problem, Segmented } from '../../ui/parts';
import { Health } from './Health';
import { Refused } from './Refused';
import { Review } from './Review';
import { Run } from './Run';

const order = ['pending', 'active', 'accepted', 'rejected', 'retired'] as const;

function Counts({ counts }: { counts: MappingCounts | undefined }) {
  const words = useWords();
  return (
    <dl className="counts">
      {order.map((name) => <div key={name} className={name}><dt>{words.sync.counts[name]}</dt><dd>{counts ? number(counts[name]) : '…'}</dd></div>)}
    </dl>
  );
}

export default function Sync() {
  const words = useWords();
  const { query } = useAddress();
  const part = query.get('part') ?? 'review';
  const [turn, setTurn] = useState(0);
  const counts = useQuery(`counts ${turn}`, (signal) => api.list_mappings({ limit: 1 }, { signal }), true);
  return (
    <div className="page-in">
      <div className="head">
        <div><h1>{words.sync.title}</h1><p>{words.sync.lead}</p></div>
        {session.canWrite() && <Run done={() => setTurn((count) => count + 1)} />}
      </div>
      {counts.error ? <Problem error={counts.error} retry={counts.reload} /> : null}
      <Counts counts={counts.data?.counts} />
      <Segmented label={words.sync.parts} value={part} choices={[['review', words.sync.review], ['matter', words.sync.matter], ['health', words.sync.health], ['refused', words.sync.rejectedRows]]} onChange={(next) => setQuery({ part: next === 'review' ? undefined : next })} />
      {part === 'health' ? <Health /> : part === 'refused' ? <Refused /> : <Review key={`${part} ${turn}`} of={part === 'matter' ? 'active' : 'pending'} decided={counts.reload} />}
    </div>
  );
}

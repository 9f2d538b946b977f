import { api } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { number } from '../../format';
import { useWords } from '../../i18n/language';
import { Empty, Loading, Problem } from '../../ui/parts';

/** Rows that could not be used, each with its place and reason. */
export function Refused() {
  const words = useWords();
  const { data, error, reload } = useQuery('refused', (signal) => api.list_sources({ limit: 500 }, { signal }), true);
  if (error) return <Problem error={error} retry={reload} />;
  if (!data) return <div className="card"><Loading lines={6} /></div>;
  return (
    <section className="card" aria-labelledby="refused">
      <header><h2 id="refused">{words.sync.refused}</h2><span className="small muted">{number(data.total_refused)}</span></header>
      {data.refused.length === 0 ? <Empty icon="check" title={words.sync.noRefused} /> : (
        <div className="sideways" tabIndex={0} role="group" aria-label={words.sync.refused}>
          <table className="plain-table"><thead><tr><th scope="col">{words.sync.sourceColumn}</th><th scope="col">{words.sync.file}</th><th scope="col" className="num">{words.sync.line}</th><th scope="col">{words.sync.reason}</th></tr></thead>
            <tbody>{data.refused.map((row, index) => <tr key={index}><td>{row.source}</td><td>{row.file}</td><td className="num">{number(row.line)}</td><td>{row.reason}</td></tr>)}</tbody></table>
        </div>
      )}
    </section>
  );
}

import { api, type DataFinding, type DataHealthReport } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { asPercent, number } from '../../format';
import { useWords, words } from '../../i18n/language';
import { Title } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { forPeople } from '../../ui/loss';
import { Bar, Empty, Link, Loading, Problem } from '../../ui/parts';
import '../owner/owner.css';
import { verdicts, type Trust } from './verdict';

const sourceName = (source: string): string => words().sources.names[source] ?? source;
/** Numbers inside a sentence, grouped as all others; days and hours stay as they are. */
const grouped = (text: string): string => text.replace(/(?<![\d\-/:.,])\d{4,}(?![\d\-/:]|[.,]\d)/g, (digits) => number(Number(digits)));
const columnName = (column: string): string => words().verdict.columns[column.toLowerCase()] ?? column;

function Example({ id, kind }: { id: string; kind: DataFinding['id_kind'] }) {
  if (kind === 'customer_id') return <Link to={`/clientes/${id}`}>{id}</Link>;
  if (kind === 'legacy_id') return <Link to={`/historicos/${encodeURIComponent(id)}`}>{id}</Link>;
  return <span>{id}</span>;
}

function Finding({ finding }: { finding: DataFinding }) {
  const words = useWords();
  const share = asPercent(finding.percentage);
  return (
    <li className={`finding ${finding.severity}`}>
      <p className="row wrap"><span className={`tag ${finding.severity === 'high' ? 'bad' : finding.severity === 'medium' ? 'warm' : ''}`}>{words.sync.severity[finding.severity]}</span>
        <b title={[finding.source, finding.column].filter(Boolean).join(' · ')}>{sourceName(finding.source)}{finding.column ? ` · ${columnName(finding.column)}` : ''}</b><span className="small muted">{words.sync.rows(finding.count, finding.of, share)}</span></p>
      <p className="small">{finding.meaning}</p>
      {finding.detail && <p className="small muted">{grouped(finding.detail)}</p>}
      <p className="small todo"><b>{words.sync.whatToDo}:</b> {finding.action}</p>
      {(finding.ids.length > 0 || finding.groups.length > 0) && (
        <details className="more"><summary>{words.sync.examples}</summary>
          <ul className="examples small">
            {finding.groups.map((group, index) => <li key={index}>{group.map((id, place) => <span key={id}>{place > 0 && ' = '}<Example id={id} kind={finding.id_kind} /></span>)}</li>)}
            {finding.ids.map((id) => <li key={id}><Example id={id} kind={finding.id_kind} /></li>)}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What of it one can rely on, before all that is wrong. */
function Verdict({ report }: { report: DataHealthReport }) {
  const words = useWords();
  const told = verdicts(report);
  const say: Record<Trust, [(what: string) => string, string, 'check' | 'warn' | 'close']> = { yes: [words.verdict.trust, 'good', 'check'], care: [words.verdict.doubt, 'warm', 'warn'], no: [words.verdict.no, 'bad', 'close'] };
  return (
    <section className="card c12" aria-labelledby="verdict">
      <header><Title id="verdict" how="data_health">{words.verdict.title}</Title></header>
      <div className="verdict">{(['yes', 'care', 'no'] as const).map((trust) => {
        const [sentence, tone, icon] = say[trust];
        return told[trust] && <p key={trust} className={tone}><Icon name={icon} size={18} /><span>{sentence(told[trust])}</span></p>;
      })}</div>
    </section>
  );
}

function Completeness({ report }: { report: DataHealthReport }) {
  const words = useWords();
  const cell = (one: { count: number; percentage: number } | null) => (one ? <td><span className="row between tiny"><span>{asPercent(one.percentage)}</span></span><Bar share={one.percentage / 100} /></td> : <td>–</td>);
  return (
    <div className="sideways" tabIndex={0} role="group" aria-label={words.sync.completeness}>
      <table className="plain-table">
        <thead><tr><th scope="col">{words.sync.sourceColumn}</th><th scope="col" className="num">{words.sync.rowsColumn}</th><th scope="col">{words.sync.phone}</th><th scope="col">{words.sync.email}</th><th scope="col">{words.sync.rut}</th><th scope="col">{words.sync.city}</th></tr></thead>
        <tbody>{report.completeness.map((one) => <tr key={one.source}><th scope="row" title={one.source}>{sourceName(one.source)}</th><td className="num">{number(one.rows)}</td>{cell(one.phone)}{cell(one.email)}{cell(one.rut)}{cell(one.city)}</tr>)}</tbody>
      </table>
    </div>
  );
}

export function Health() {
  const words = useWords();
  const { data, error, reload } = useQuery('data health', (signal) => api.data_health({}, { signal }), true);
  if (error) return <Problem error={error} retry={reload} />;
  if (!data) return <div className="card"><p className="small muted">{words.sync.counting}</p><Loading lines={7} height="2rem" /></div>;
  return (
    <div className="grid">
      {data.sources.some((one) => one.rows_kept > 0) ? <Verdict report={data} /> : <section className="card c12"><Empty icon="warn" title={words.firstTime.title}><span>{words.firstTime.nobody}</span></Empty></section>}
      <section className="card c7" aria-labelledby="health">
        <header><Title id="health" how="data_health">{words.sync.health}</Title><span className="row wrap">{(['high', 'medium', 'low', 'info'] as const).filter((one) => data.summary[one] > 0).map((one) => <span key={one} className="chip">{words.sync.severities(one, data.summary[one])}</span>)}</span></header>
        {data.findings.length === 0 ? <Empty icon="check" title={words.sync.healthy} /> : <ul className="findings">{data.findings.map((finding, index) => <Finding key={index} finding={finding} />)}</ul>}
      </section>
      <div className="c5 stack">
        <section className="card" aria-labelledby="fill"><header><Title id="fill" how="data_completeness">{words.sync.completeness}</Title></header><Completeness report={data} /></section>
        <section className="card" aria-labelledby="sources"><header><h2 id="sources">{words.overview.sources}</h2></header>
          <ul>{data.sources.map((source) => (
            <li key={source.source} className="source"><b title={source.source}>{sourceName(source.source)}</b><span className="tiny muted">{source.description}</span>
              <span className="small">{words.overview.rows(source.rows_kept, source.rows_refused)}</span>
              {source.duplicates && source.duplicates.people > 0 && <span className="small">{words.sync.duplicates(source.duplicates.people, source.duplicates.rows)}</span>}
              {source.notes.map((note) => <span key={note} className="tiny muted">{forPeople(note)}</span>)}</li>
          ))}</ul></section>
      </div>
    </div>
  );
}

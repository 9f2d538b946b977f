import type { EvidenceView, MatchExplanation } from '../api/generated';
import { useWords } from '../i18n/language';

/** What is no column of theirs: how rare matches are at all, the household, other candidates, limits. */
const apart = new Set(['punto_de_partida', 'hogar', 'otros_candidatos', 'calibracion', 'limite']);

function Weights({ evidence, top, plain = false }: { evidence: EvidenceView[]; top: number; plain?: boolean }) {
  const words = useWords();
  return (
    <ul className="evidence">
      {evidence.map((one, index) => (
        <li key={index}>
          <span className="small"><b>{words.sync.fields[one.field] ?? one.field}</b> {one.text}</span>
          <span className="balance" role="img" aria-label={`${Math.abs(one.log_odds).toFixed(1)} ${one.log_odds >= 0 ? words.sync.for : words.sync.against}`}>
            <i className={`${one.log_odds >= 0 ? 'for' : 'against'}${plain ? ' plain' : ''}`} style={{ width: `${(50 * Math.abs(one.log_odds)) / top}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What weighs anything, each as a bar from the middle: to the right for, to the left against. They add up to the confidence. */
export function Evidence({ explanation }: { explanation: Pick<MatchExplanation, 'summary' | 'evidence'> }) {
  const words = useWords();
  const top = Math.max(1, ...explanation.evidence.map((one) => Math.abs(one.log_odds)));
  const weighs = explanation.evidence.filter((one) => Math.abs(one.log_odds) >= 0.05);
  const theirs = weighs.filter((one) => !apart.has(one.field)), rest = weighs.filter((one) => apart.has(one.field));
  return (
    <>
      <p className="small">{explanation.summary}</p>
      <Weights evidence={theirs} top={top} />
      <p className="row between tiny muted" aria-hidden="true"><span>← {words.sync.against}</span><span>{words.sync.for} →</span></p>
      {rest.length > 0 && <details className="more"><summary>{words.decisions.detail}</summary><Weights evidence={rest} top={top} plain /></details>}
    </>
  );
}

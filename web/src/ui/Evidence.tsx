import type { MatchExplanation } from '../api/generated';
import { useWords } from '../i18n/language';

/** What weighs anything, each as a bar from the middle: to the right for, to the left against. They add up to the confidence. */
export function Evidence({ explanation }: { explanation: MatchExplanation }) {
  const words = useWords();
  const top = Math.max(1, ...explanation.evidence.map((one) => Math.abs(one.log_odds)));
  return (
    <>
      <p className="small">{explanation.summary}</p>
      <ul className="evidence">
        {explanation.evidence.filter((one) => Math.abs(one.log_odds) >= 0.05).map((one, index) => (
          <li key={index}>
            <span className="small"><b>{words.sync.fields[one.field] ?? one.field}</b> {one.text}</span>
            <span className="balance" role="img" aria-label={`${Math.abs(one.log_odds).toFixed(1)} ${one.log_odds >= 0 ? words.sync.for : words.sync.against}`}>
              <i className={one.log_odds >= 0 ? 'for' : 'against'} style={{ width: `${(50 * Math.abs(one.log_odds)) / top}%` }} />
            </span>
          </li>
        ))}
      </ul>
      <p className="row between tiny muted" aria-hidden="true"><span>← {words.sync.against}</span><span>{words.sync.for} →</span></p>
    </>
  );
}

import type { LegacyRecord } from '../../api/generated';
import { day, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Bar, Link } from '../../ui/parts';

/** The old files' records that are tied to a customer, and how sure that is. */
export function Records({ records }: { records: LegacyRecord[] }) {
  const words = useWords();
  return (
    <section className="card" aria-labelledby="records">
      <header><h2 id="records">{words.guest.records}</h2></header>
      {records.length === 0 ? <p className="muted small">{words.guest.noRecords}</p> : (
        <ul className="stack-s">
          {records.map((record) => (
            <li key={record.legacy_id} className="record">
              <p className="row between"><Link to={`/historicos/${encodeURIComponent(record.legacy_id)}`} className="strong clip">{record.nombre}</Link><span className="tiny muted">{record.legacy_id}</span></p>
              <p className="tiny muted clip">{[words.guest.fromFile[record.origin] ?? record.origin, phone(record.telefono), record.email, rut(record.documento_identidad), record.created_on && day(record.created_on)].filter(Boolean).join(' · ')}</p>
              {record.confidence_score !== null && (
                <div className="row"><div className="grow"><Bar share={record.confidence_score / 100} label={words.guest.recordHint} /></div><span className="tiny strong">{words.guest.sure(record.confidence_score)}</span></div>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

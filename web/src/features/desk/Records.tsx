import { useState } from 'react';
import { api, type LegacyRecord } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { session } from '../../app/session';
import { asPercent, day, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Evidence } from '../../ui/Evidence';
import { Title } from '../../ui/How';
import { Bar, Link, Loading, Problem } from '../../ui/parts';
import { Unlink } from './Unlink';
import './records.css';

/** Asked for when somebody wants to know. */
function Why({ mapping }: { mapping: string }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const { data, error, reload } = useQuery(open ? `explain ${mapping}` : null, (signal) => api.explain_mapping({ mapping_id: mapping }, { signal }));
  return (
    <details className="more no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.guest.why}</summary>
      {open && (error ? <Problem error={error} retry={reload} /> : data ? <Evidence explanation={data} /> : <Loading lines={3} />)}
    </details>
  );
}

/** The old files' records that are tied to a customer, and how sure that is. */
export function Records({ records }: { records: LegacyRecord[] }) {
  const words = useWords();
  return (
    <section className="card" aria-labelledby="records">
      <header><Title id="records" how="confidence_score">{words.guest.records}</Title></header>
      {records.length === 0 ? <p className="muted small">{words.guest.noRecords}</p> : (
        <ul className="stack-s">
          {records.map((record) => (
            <li key={record.legacy_id} className="record">
              <p className="row between"><Link to={`/historicos/${encodeURIComponent(record.legacy_id)}`} className="strong clip">{record.nombre}</Link><span className="tiny muted">{record.legacy_id}</span></p>
              <p className="tiny muted clip">{[words.guest.fromFile[record.origin] ?? record.origin, phone(record.telefono), record.email, rut(record.documento_identidad), record.created_on && day(record.created_on)].filter(Boolean).join(' · ')}</p>
              {record.confidence_score !== null && (
                <div className="row"><div className="grow"><Bar share={record.confidence_score / 100} label={words.guest.recordHint} /></div><span className="tiny strong">{words.guest.sure(asPercent(Math.round(record.confidence_score)))}</span></div>
              )}
              {record.mapping_id && <Why mapping={record.mapping_id} />}
              {record.mapping_id && session.canWrite() && <Unlink mapping={record.mapping_id} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { useState } from 'react';
import { api, type LegacyRecord, type PotentialMatch } from '../../api/generated';
import { refresh, useQuery } from '../../api/useQuery';
import { go, href, useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { number, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Bar, Link, Loading, Problem, toast } from '../../ui/parts';
import { difference, fold } from '../sync/difference';
import { AskWhy, useTold } from './Unlink';
import './records.css';

const least_shown = 5;    // percent: below, hidden until asked for
const least_button = 20;  // percent: below, a reason is asked for

/** In what the two agree, field by field: = or ≠, and nothing where one says nothing. */
function Agreement({ record, customer }: { record: LegacyRecord; customer: PotentialMatch['customer'] }) {
  const words = useWords();
  const names = difference(record.nombre, customer.nombre);
  const fields: [string, string, string | null, string | null][] = [
    ['telefono', phone(customer.telefono), record.telefono, customer.telefono],
    ['email', customer.email ?? '', record.email, customer.email],
    ['documento_identidad', rut(customer.documento_identidad), record.documento_identidad, customer.documento_identidad],
    ['ciudad', customer.ciudad ?? '', record.ciudad, customer.ciudad],
  ];
  const sign = (same: boolean) => <><b aria-hidden="true">{same ? '=' : '≠'}</b><span className="visually-hidden">{same ? words.sync.same : words.sync.differs}</span></>;
  return (
    <p className="agree">
      <span className={names.same ? 'same' : names.shared ? '' : 'differs'}>{words.sync.fields.nombre} {names.shared && !names.same ? <><b aria-hidden="true">≈</b><span className="visually-hidden">{words.sync.similar}</span></> : sign(names.same)}</span>
      {fields.filter(([, , a, b]) => a && b).map(([field, shown, a, b]) => {
        const same = fold(a ?? '') === fold(b ?? '');
        return <span key={field} className={same ? 'same' : 'differs'}>{words.sync.fields[field]} {sign(same)} {shown}</span>;
      })}
    </p>
  );
}

function Candidate({ id, record, one }: { id: string; record: LegacyRecord; one: PotentialMatch }) {
  const words = useWords();
  const told = useTold();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const link = async (reason?: string) => {
    setBusy(true);
    try {
      const mapping = await api.link_by_hand({ legacy_id: id, current_id: one.customer.id, ...(reason ? { reason } : {}) });
      refresh();
      toast(words.guest.linked, { name: words.sync.undo, run: () => void api.undo_mapping({ mapping_id: mapping.id }).then(() => {
        refresh();
        toast(words.sync.undone);
        go(href(`/historicos/${encodeURIComponent(id)}`));
      }, told) });
      go(href(`/clientes/${one.customer.id}`));
    } catch (failure) {
      told(failure);
      setBusy(false);
    }
  };
  return (
    <li className="record">
      <p className="row between"><Link to={`/clientes/${one.customer.id}`} className="strong clip">{one.customer.nombre}</Link>
        {session.canWrite() && !asking && (one.confidence >= least_button
          ? <button type="button" className="button tight" disabled={busy} onClick={() => link()}>{words.guest.link}</button>
          : <button type="button" className="button tight quiet" onClick={() => setAsking(true)}>{words.decisions.linkAnyway}</button>)}</p>
      <Agreement record={record} customer={one.customer} />
      <div className="row"><div className="grow"><Bar share={one.confidence / 100} label={words.guest.recordHint} /></div><span className="tiny strong">{number(Math.round(one.confidence))} %</span></div>
      {asking && <AskWhy must label={words.guest.link} act={link} done={() => setAsking(false)} />}
    </li>
  );
}

/** Who of today an old record may be; whoever may write ties them by hand. */
export function Candidates({ id }: { id: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const [all, setAll] = useState(false);
  const { data, error, reload } = useQuery(`candidates ${id} ${asOf ?? ''}`, (signal) => api.legacy_matches({ legacy_id: id, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const likely = data?.matches.filter((one) => one.confidence >= least_shown).slice(0, 5) ?? [];
  const unlikely = data?.matches.filter((one) => one.confidence < least_shown).slice(0, 5) ?? [];
  return (
    <section className="card" aria-labelledby="candidates" id="who">
      <header><h2 id="candidates">{words.guest.candidates}</h2></header>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={3} /> : (
        <>
          {likely.length === 0 && <p className="muted small">{words.guest.noCandidates}</p>}
          <ul className="stack-s">{[...likely, ...(all ? unlikely : [])].map((one) => <Candidate key={one.customer.id} id={id} record={data.legacy_customer} one={one} />)}</ul>
          {unlikely.length > 0 && !all && <button type="button" className="button quiet tight" onClick={() => setAll(true)}>{words.decisions.unlikely(unlikely.length)}</button>}
        </>
      )}
    </section>
  );
}

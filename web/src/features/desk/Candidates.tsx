import { useState } from 'react';
import { api, type LegacyRecord, type PotentialMatch } from '../../api/generated';
import { refresh, useQuery } from '../../api/useQuery';
import { go, href, useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { asPercent, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Bar, Link, Loading, Problem, toast } from '../../ui/parts';
import { difference, fold } from '../sync/difference';
import { AskWhy, useTold } from './Unlink';
import './records.css';

export const link_search = 'link-search';
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

/** Ties the record to a customer and goes there; taken back from the toast, one is here again. */
function useLink(id: string): [boolean, (customer: number, reason?: string) => Promise<void>] {
  const words = useWords();
  const told = useTold();
  const [busy, setBusy] = useState(false);
  const link = async (customer: number, reason?: string) => {
    setBusy(true);
    try {
      const mapping = await api.link_by_hand({ legacy_id: id, current_id: customer, ...(reason ? { reason } : {}) });
      refresh();
      toast(words.guest.linked, { name: words.sync.undo, run: () => void api.undo_mapping({ mapping_id: mapping.id }).then(() => {
        refresh();
        toast(words.sync.undone);
        go(href(`/historicos/${encodeURIComponent(id)}`));
      }, told) });
      go(href(`/clientes/${customer}`));
    } catch (failure) {
      told(failure);
      setBusy(false);
    }
  };
  return [busy, link];
}

function Candidate({ id, record, one }: { id: string; record: LegacyRecord; one: PotentialMatch }) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const [busy, link] = useLink(id);
  return (
    <li className="record">
      <p className="row between"><Link to={`/clientes/${one.customer.id}`} className="strong clip">{one.customer.nombre}</Link>
        {session.canWrite() && !asking && (one.confidence >= least_button
          ? <button type="button" className="button tight" disabled={busy} onClick={() => link(one.customer.id)}>{words.guest.link}</button>
          : <button type="button" className="button tight quiet" onClick={() => setAsking(true)}>{words.decisions.linkAnyway}</button>)}</p>
      <Agreement record={record} customer={one.customer} />
      <div className="row"><div className="grow"><Bar share={one.confidence / 100} label={words.guest.recordHint} /></div><span className="tiny strong">{asPercent(Math.round(one.confidence))}</span></div>
      {asking && <AskWhy must label={words.guest.link} act={(reason) => link(one.customer.id, reason)} done={() => setAsking(false)} />}
    </li>
  );
}

/** Any customer by name, whom nothing on paper ties to the record: with a reason. */
function Named({ id }: { id: string }) {
  const words = useWords();
  const [text, setText] = useState('');
  const [asking, setAsking] = useState<number | null>(null);
  const [, link] = useLink(id);
  const query = text.trim();
  const { data } = useQuery(query.length >= 2 ? `link ${query}` : null, (signal) => api.search_customers({ query, source: 'current', limit: 5 }, { signal }), true);
  const hits = query.length >= 2 ? data?.current_matches.filter((one) => !one.es_staff) ?? [] : [];
  return (
    <div className="stack-s no-print">
      <label className="field" htmlFor={link_search}><span>{words.decisions.linkSearch}</span></label>
      <input id={link_search} className="input" type="search" value={text} autoComplete="off" spellCheck={false} maxLength={200} placeholder={words.desk.placeholder} onChange={(event) => { setText(event.target.value); setAsking(null); }} />
      {data && query.length >= 2 && hits.length === 0 && <p className="muted small" role="status">{words.desk.none}</p>}
      <ul className="stack-s">
        {hits.map((one) => (
          <li key={one.id} className="record">
            <p className="row between"><Link to={`/clientes/${one.id}`} className="strong clip">{one.nombre || '–'}</Link>
              {asking !== one.id && <button type="button" className="button tight quiet" onClick={() => setAsking(one.id)}>{words.decisions.linkAnyway}</button>}</p>
            <p className="tiny muted">{[phone(one.telefono), words.desk.visits(one.total_visitas), words.lists.numbered(one.id)].filter(Boolean).join(' · ')}</p>
            {asking === one.id && <AskWhy must label={words.guest.link} act={(reason) => link(one.id, reason)} done={() => setAsking(null)} />}
          </li>
        ))}
      </ul>
    </div>
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
      {error ? <Problem error={error} retry={reload} /> : !data ? <><p className="small muted">{words.decisions.comparing}</p><Loading lines={3} /></> : (
        <>
          {likely.length === 0 && <p className="muted small">{words.guest.noCandidates}</p>}
          <ul className="stack-s">{[...likely, ...(all ? unlikely : [])].map((one) => <Candidate key={one.customer.id} id={id} record={data.legacy_customer} one={one} />)}</ul>
          {unlikely.length > 0 && !all && <button type="button" className="button quiet tight" onClick={() => setAll(true)}>{words.decisions.unlikely(unlikely.length)}</button>}
        </>
      )}
      {session.canWrite() && <Named id={id} />}
    </section>
  );
}

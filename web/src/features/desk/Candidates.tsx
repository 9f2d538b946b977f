import { useState } from 'react';
import { api } from '../../api/generated';
import { forget, useQuery } from '../../api/useQuery';
import { go, href, useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { number, phone } from '../../format';
import { useWords } from '../../i18n/language';
import { Bar, Link, Loading, Problem, toast } from '../../ui/parts';

/** Who of today an old record may be; whoever may write ties them by hand. */
export function Candidates({ id }: { id: string }) {
  const words = useWords();
  const asOf = useAsOf();
  const [busy, setBusy] = useState(false);
  const { data, error, reload } = useQuery(`candidates ${id} ${asOf ?? ''}`, (signal) => api.legacy_matches({ legacy_id: id, ...(asOf ? { as_of: asOf } : {}) }, { signal }));
  const link = async (customer: number) => {
    setBusy(true);
    try {
      await api.link_by_hand({ legacy_id: id, current_id: customer });
      forget();
      toast(words.guest.linked);
      go(href(`/clientes/${customer}`));
    } catch (failure) {
      toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
    }
    setBusy(false);
  };
  return (
    <section className="card" aria-labelledby="candidates">
      <header><h2 id="candidates">{words.guest.candidates}</h2></header>
      {error ? <Problem error={error} retry={reload} /> : !data ? <Loading lines={3} /> : data.matches.length === 0 ? <p className="muted small">{words.guest.noCandidates}</p> : (
        <ul className="stack-s">
          {data.matches.slice(0, 5).map((one) => (
            <li key={one.customer.id} className="record">
              <p className="row between"><Link to={`/clientes/${one.customer.id}`} className="strong clip">{one.customer.nombre}</Link>
                {session.canWrite() && <button type="button" className="button tight" disabled={busy} onClick={() => link(one.customer.id)}>{words.guest.link}</button>}</p>
              <p className="tiny muted clip">{[phone(one.customer.telefono), one.customer.email, one.customer.ciudad].filter(Boolean).join(' · ')}</p>
              <div className="row"><div className="grow"><Bar share={one.confidence / 100} label={words.guest.recordHint} /></div><span className="tiny strong">{number(Math.round(one.confidence))} %</span></div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

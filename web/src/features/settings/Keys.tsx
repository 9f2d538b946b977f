import { useState, type FormEvent } from 'react';
import { api } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { day } from '../../format';
import { useWords } from '../../i18n/language';
import { copyText, Loading, Problem } from '../../ui/parts';
import { useAct } from './act';

type Scope = 'read' | 'write' | 'admin';

export function Keys() {
  const words = useWords();
  const { data, error, reload } = useQuery('keys', (signal) => api.list_keys({}, { signal }), true);
  const [busy, act] = useAct(reload);
  const [label, setLabel] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const [made, setMade] = useState('');
  const create = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      setMade((await api.create_key({ label, scope })).key ?? '');
      setLabel('');
      return words.settings.keyMade;
    });
  };
  return (
    <>
      <form className="card settings-form" onSubmit={create} aria-labelledby="key-title">
        <h2 id="key-title">{words.settings.addKey}</h2>
        <label className="field"><span>{words.settings.keyLabel}</span><input className="input" value={label} maxLength={60} required autoComplete="off" onChange={(event) => setLabel(event.target.value)} /></label>
        <label className="field"><span>{words.settings.keyScope}</span>
          <select className="input" value={scope} onChange={(event) => setScope(event.target.value as Scope)}>
            {(['read', 'write', 'admin'] as const).map((one) => <option key={one} value={one}>{words.settings.scopes[one]}</option>)}
          </select></label>
        <button type="submit" className="button primary" disabled={busy || !label.trim()}>{words.settings.keyButton}</button>
        {made && <p className="small" role="status">{words.settings.keyOnce} <code className="break">{made}</code> <button type="button" className="button tight" onClick={() => copyText(made, words.settings.copied)}>{words.settings.copy}</button></p>}
      </form>
      <section className="card" aria-labelledby="keys-list-title">
        <h2 id="keys-list-title">{words.settings.keys}</h2>
        <p className="small muted">{words.settings.keysHint}</p>
        {error ? <Problem error={error} retry={reload} /> : null}
        {!data && !error ? <Loading lines={4} /> : null}
        <ul className="settings-list">
          {data?.keys.filter((one) => one.revoked === null).map((one) => (
            <li key={one.id} className="settings-row">
              <div><b className="break">{one.label || one.id}</b><p className="tiny muted">{one.id} · {words.settings.scopes[one.scope]} · {day(one.created)}</p></div>
              <span />
              <button type="button" className="button tight" disabled={busy} onClick={() => act(async () => { await api.revoke_key({ key_id: one.id }); return words.settings.keyRevoked; })}>{words.settings.revoke}</button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../../api/http';
import { api } from '../../api/generated';
import { forget } from '../../api/useQuery';
import { session } from '../../app/session';
import { language, setLanguage, useWords } from '../../i18n/language';
import { Segmented } from '../../ui/parts';

/** The door: a key, tried at the server before anything is shown. */
export function Entry({ cancel }: { cancel?: () => void }) {
  const words = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [fault, setFault] = useState(session.wasExpired() ? words.entry.expired : '');

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    const key = field.current?.value.trim() ?? '';
    if (!key) {
      setFault(words.entry.empty);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setFault('');
    try {
      const who = await api.session({}, { key });
      forget();
      session.enter({ key, tenant: who.tenant, scope: who.scope, label: who.label, time_zone: who.time_zone });
      cancel?.();
    } catch (failure) {
      setBusy(false);
      setFault(!(failure instanceof ApiError) ? words.error.unreachable
        : failure.status === 401 ? words.entry.wrong
        : failure.status === 429 ? words.entry.slow
        : failure.message);
      field.current?.select();
    }
  };

  return (
    <main className="door">
      <div className="door-top">
        <Segmented label={words.bar.language} value={language()} choices={[['es', 'Español'], ['en', 'English']]} onChange={setLanguage} />
      </div>
      <form className="door-card" onSubmit={enter} noValidate>
        <img src="/icon.svg" alt="" width="56" height="56" />
        <h1>{words.product}</h1>
        <p className="muted">{words.entry.lead}</p>
        <label className="field">
          <span>{words.entry.key}</span>
          <span className="key-field">
            <input ref={field} className="input" type={shown ? 'text' : 'password'} autoComplete="off" autoCapitalize="off" spellCheck={false} autoFocus
              aria-invalid={fault !== ''} aria-describedby="key-hint key-fault" />
            <button type="button" className="button quiet tight" onClick={() => setShown(!shown)} aria-pressed={shown}>{shown ? words.entry.hide : words.entry.show}</button>
          </span>
        </label>
        <p id="key-fault" role="alert" className={fault ? 'fault' : 'visually-hidden'}>{fault}</p>
        <button type="submit" className="button primary" disabled={busy}>{busy ? words.entry.entering : words.entry.enter}</button>
        {cancel && <button type="button" className="button" onClick={cancel}>{words.entry.cancel}</button>}
        <p id="key-hint" className="tiny muted">{words.entry.keyHint} {words.entry.make} <code>aremko keys create</code>.</p>
      </form>
    </main>
  );
}

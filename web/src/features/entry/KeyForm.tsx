import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../../api/http';
import { api, type Session } from '../../api/generated';
import { session } from '../../app/session';
import { useWords } from '../../i18n/language';

/** A key, tried at the server before anything is shown. */
export function KeyForm({ enter, cancel, nobody }: { enter: (key: string, who: Session) => void; cancel?: () => void; nobody: boolean }) {
  const words = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [fault, setFault] = useState(session.wasExpired() ? words.entry.expired : '');

  const submit = async (event: FormEvent) => {
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
      enter(key, await api.session({}, { key }));
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
    <form className="door-form" onSubmit={submit} noValidate>
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
      <p id="key-hint" className="tiny muted">{words.entry.keyHint} {nobody && !cancel && <>{words.door.first} <code>aremko staff add {words.door.firstName} --role administration</code>.</>}</p>
    </form>
  );
}

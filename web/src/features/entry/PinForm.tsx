import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../../api/http';
import { api, type Door, type Session } from '../../api/generated';
import { useWords } from '../../i18n/language';

/** Name and PIN; on a browser that is remembered the names stand there to be chosen. */
export function PinForm({ door, enter, only }: { door: Door; enter: (who: Session) => void; only?: string }) {
  const words = useWords();
  const names = only ? [only] : door.people;
  const pin = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(names[0] ?? '');
  const [other, setOther] = useState(names.length === 0);
  const [house, setHouse] = useState('');
  const [remember, setRemember] = useState(true);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = pin.current?.value ?? '';
    if (!name.trim() || !secret) {
      setFault(words.door.both);
      return;
    }
    setBusy(true);
    setFault('');
    try {
      enter(await api.sign_in({ name: name.trim(), pin: secret, remember: only ? true : remember, ...(house.trim() ? { tenant: house.trim() } : {}) }, { key: '' }));
    } catch (failure) {
      setBusy(false);
      setFault(failure instanceof ApiError ? failure.problem?.errors?.map((one) => one.message).join(' ') || failure.message : words.error.unreachable);
      pin.current?.select();
    }
  };

  return (
    <form className="door-form" onSubmit={submit} noValidate>
      {!only && names.length > 0 && (
        <div className="door-names" role="group" aria-label={words.door.who}>
          {names.map((one) => <button key={one} type="button" className="button" aria-pressed={!other && one === name} onClick={() => { setName(one); setOther(false); pin.current?.focus(); }}>{one}</button>)}
          <button type="button" className="button quiet" aria-pressed={other} onClick={() => { setOther(true); setName(''); }}>{words.door.other}</button>
        </div>
      )}
      {other && <label className="field"><span>{words.door.name}</span>
        <input className="input" value={name} autoComplete="username" autoCapitalize="words" spellCheck={false} autoFocus onChange={(event) => setName(event.target.value)} /></label>}
      <label className="field"><span>{words.door.pin}</span>
        <input ref={pin} className="input" type="password" inputMode="text" autoComplete="current-password" autoFocus={!other} aria-invalid={fault !== ''} aria-describedby="pin-fault" /></label>
      {!door.tenant && other && <label className="field"><span>{words.door.house}</span>
        <input className="input" value={house} autoCapitalize="off" spellCheck={false} onChange={(event) => setHouse(event.target.value)} /></label>}
      {!only && <label className="check small"><input type="checkbox" checked={remember} onChange={() => setRemember(!remember)} />{words.door.remember}</label>}
      <p id="pin-fault" role="alert" className={fault ? 'fault' : 'visually-hidden'}>{fault}</p>
      <button type="submit" className="button primary" disabled={busy}>{busy ? words.entry.entering : words.entry.enter}</button>
    </form>
  );
}

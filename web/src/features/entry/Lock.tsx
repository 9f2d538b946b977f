import { useEffect, useRef } from 'react';
import { api } from '../../api/generated';
import { forget } from '../../api/useQuery';
import { leave } from '../../app/leave';
import { heldOf, onReturn, session } from '../../app/session';
import { useWords } from '../../i18n/language';
import './door.css';
import { PinForm } from './PinForm';

/** Over a page that nobody touched for a while: it is there as it was, and not to be seen, until its person is back. */
export function Lock() {
  const words = useWords();
  const element = useRef<HTMLDialogElement>(null);
  const who = session.current();
  useEffect(() => element.current?.showModal(), []);
  // Another tab's PIN is this one's too.
  useEffect(() => onReturn(() => { api.session({}, { key: '' }).then((one) => session.enter(heldOf('', one)), () => undefined); }), []);
  if (!who) return null;
  return (
    <dialog ref={element} className="lock" aria-labelledby="lock-title" onCancel={(event) => event.preventDefault()}>
      <h2 id="lock-title">{words.door.locked(who.label)}</h2>
      <p className="small muted">{words.door.lockedHint}</p>
      <PinForm only={who.label} door={{ anybody: true, tenant: who.tenant, people: [], idle_minutes: 0 }} enter={(one) => { forget(); session.enter(heldOf('', one)); }} />
      <button type="button" className="link small" onClick={leave}>{words.door.notMe(who.label)}</button>
    </dialog>
  );
}

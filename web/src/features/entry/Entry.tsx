import icon from '../../assets/icon.svg';
import { useEffect, useState } from 'react';
import { api, type Door, type Session } from '../../api/generated';
import { forget } from '../../api/useQuery';
import { heldOf, session } from '../../app/session';
import { language, setLanguage, useWords } from '../../i18n/language';
import { Segmented } from '../../ui/parts';
import './door.css';
import { KeyForm } from './KeyForm';
import { PinForm } from './PinForm';

/** The door: people by name and PIN, programs' owners by key. */
export function Entry({ cancel }: { cancel?: () => void }) {
  const words = useWords();
  const [door, setDoor] = useState<Door | null | undefined>(cancel ? null : undefined);
  const [byKey, setByKey] = useState(session.wasExpired() || cancel !== undefined);
  useEffect(() => {
    const stop = new AbortController();
    api.door({}, { key: '', signal: stop.signal }).then(setDoor, () => stop.signal.aborted || setDoor(null));
    return () => stop.abort();
  }, []);
  const enter = (key: string) => (who: Session) => {
    forget();
    session.enter(heldOf(key, who));
    cancel?.();
  };

  const people = door?.anybody === true;
  return (
    <main className="door">
      <div className="door-top">
        <Segmented label={words.bar.language} value={language()} choices={[['es', 'Español'], ['en', 'English']]} onChange={setLanguage} />
      </div>
      <div className="door-card" aria-busy={door === undefined}>
        <img src={icon} alt="" width="56" height="56" />
        <h1>{words.product}</h1>
        <p className="muted">{words.entry.lead}</p>
        {door !== undefined && (people && !byKey
          ? <PinForm door={door} enter={enter('')} />
          : <KeyForm enter={(key, who) => enter(key)(who)} {...(cancel ? { cancel } : {})} nobody={!people} />)}
        {people && <button type="button" className="link small" onClick={() => setByKey(!byKey)}>{byKey ? words.door.byPin : words.door.byKey}</button>}
      </div>
    </main>
  );
}

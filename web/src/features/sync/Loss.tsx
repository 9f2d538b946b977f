import { useState } from 'react';
import { api } from '../../api/generated';
import { refresh } from '../../api/useQuery';
import { session } from '../../app/session';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { forPeople } from '../../ui/loss';
import { toast } from '../../ui/parts';

/** A source that lost much at once: nothing is synced until somebody says that it is on purpose. */
export function Loss({ text, accepted }: { text: string; accepted: () => void }) {
  const words = useWords();
  const w = words.loss;
  const [busy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await api.refresh({ accept_loss: true });
      refresh();
      toast(w.accepted);
      accepted();
    } catch (failure) {
      toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
    }
    setBusy(false);
  };
  return (
    <section className="card loss" role="alert" aria-labelledby="loss-title">
      <h2 id="loss-title" className="row"><Icon name="warn" size={18} />{w.title}</h2>
      <p>{forPeople(text)}</p>
      <p className="small muted">{session.may('settings') ? w.hint : w.ask}</p>
      {session.may('settings') && <button type="button" className="button danger" disabled={busy} onClick={accept}>{busy ? w.accepting : w.accept}</button>}
    </section>
  );
}

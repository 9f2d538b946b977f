import { useId, useState } from 'react';
import { api } from '../../api/generated';
import { refresh } from '../../api/useQuery';
import { useWords } from '../../i18n/language';
import { toast } from '../../ui/parts';

/** What failed, in the server's words. */
export function useTold(): (failure: unknown) => void {
  const words = useWords();
  return (failure) => toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
}

/** Asks why before something is done that reaches far. `must`: not without a reason. */
export function AskWhy({ label, act, done, must = false }: { label: string; act: (reason: string | undefined) => Promise<void>; done: () => void; must?: boolean }) {
  const words = useWords();
  const id = useId();
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  return (
    <form className="record-ask" onSubmit={async (event) => {
      event.preventDefault();
      setBusy(true);
      await act(why.trim() || undefined);
      setBusy(false);
      done();
    }}>
      <label className="field" htmlFor={id}><span>{words.decisions.why}</span></label>
      <input id={id} className="input" value={why} maxLength={200} autoFocus onChange={(event) => setWhy(event.target.value)} placeholder={words.decisions.whyHint} />
      <span className="record-acts"><button type="submit" className="button tight danger" disabled={busy || (must && why.trim().length < 3)}>{label}</button>
        <button type="button" className="button tight quiet" onClick={done}>{words.entry.cancel}</button></span>
    </form>
  );
}

/** Beside a linked record: it is not this person's. Taken back from the toast, or later from the decisions. */
export function Unlink({ mapping }: { mapping: string }) {
  const words = useWords();
  const told = useTold();
  const [asking, setAsking] = useState(false);
  const undo = () => api.undo_mapping({ mapping_id: mapping }).then(() => { refresh(); toast(words.sync.undone); }, told);
  const unlink = (reason: string | undefined) => api.unlink_mapping({ mapping_id: mapping, ...(reason ? { reason } : {}) }).then(
    () => {
      refresh();
      toast(words.decisions.unlinked, { name: words.sync.undo, run: () => void undo() });
    },
    told,
  );
  if (asking) return <AskWhy label={words.decisions.unlink} act={unlink} done={() => setAsking(false)} />;
  return <span className="record-acts no-print"><button type="button" className="button tight" onClick={() => setAsking(true)}>{words.decisions.unlink}</button></span>;
}

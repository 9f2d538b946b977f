import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api, type ExportFile } from '../api/generated';
import { ApiError } from '../api/http';
import { today, useAsOf } from '../app/router';
import { session } from '../app/session';
import { remember, remembered } from '../app/settings';
import { useWords, words } from '../i18n/language';
import './export.css';
import { Icon } from './icons';
import { Segmented, toast } from './parts';

export type Purpose = 'whatsapp' | 'correo' | 'llamar';
/** Who is taken away: people chosen one by one, or a list with its filters. */
export type Who = Omit<Parameters<typeof api.export_people>[0] & object, 'purpose' | 'format' | 'columns' | 'vence'>;

const purposes: readonly Purpose[] = ['whatsapp', 'correo', 'llamar'];

function save(file: ExportFile): void {
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: file.media_type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.file_name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const whatFailed = (failure: unknown): string =>
  failure instanceof ApiError ? failure.problem?.errors?.map((one) => one.message).join(' ') || failure.message : words().error.unreachable;

interface Props {
  who: () => Who;
  count: number | null;       // how many they are
  chosen?: boolean;           // one by one: nothing is to be cut off
  columns: string[];          // of the table
  label: string;
  disabled?: boolean;
}

/** The list as it stands on the screen, at once; or with a message for each. The server leaves out whom nobody may contact, says so, and writes it down. */
export function Export({ label, columns, disabled = false, ...rest }: Props) {
  const w = useWords().export;
  const asOf = useAsOf();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!session.may('exporting')) return null;
  const take = async () => {
    if (busy) return;
    setBusy(true);
    try {
      const file = await api.export_people({ ...rest.who(), purpose: 'tabla', format: 'csv', columns, ...(asOf ? { as_of: asOf } : {}) });
      save(file);
      toast(file.summary);
    } catch (failure) {
      toast(whatFailed(failure));
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" className="button" disabled={disabled} aria-busy={busy} onClick={take}><Icon name="down" size={17} />{label}</button>
      <button ref={button} type="button" className="button primary" disabled={disabled} onClick={() => setOpen(true)}>{w.write}</button>
      {open && <Dialog {...rest} close={() => { setOpen(false); button.current?.focus(); }} />}
    </>
  );
}

function Dialog({ who, count, chosen = false, close }: Pick<Props, 'who' | 'count' | 'chosen'> & { close: () => void }) {
  const w = useWords().export;
  const element = useRef<HTMLDialogElement>(null);
  const stop = useRef<AbortController | null>(null);
  const asOf = useAsOf();
  const [purpose, setPurpose] = useState(() => purposes.find((one) => one === remembered<string>('export.purpose', '')) ?? 'whatsapp');
  const [format, setFormat] = useState<'xlsx' | 'csv'>(() => remembered('export.format', 'xlsx'));
  const [first, setFirst] = useState('');
  const [until, setUntil] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [done, setDone] = useState('');
  useEffect(() => {
    element.current?.showModal();
    return () => stop.current?.abort();
  }, []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { signal } = (stop.current = new AbortController());
    setBusy(true);
    setFault('');
    setDone('');
    remember('export.purpose', purpose);
    remember('export.format', format);
    try {
      const file = await api.export_people({
        ...who(), purpose, format, ...(!chosen && Number(first) > 0 ? { first: Number(first) } : {}),
        ...(until ? { vence: until } : {}), ...(asOf ? { as_of: asOf } : {}),
      }, { signal });
      save(file);
      setDone(file.summary);
    } catch (failure) {
      if (!signal.aborted) setFault(whatFailed(failure));
    }
    setBusy(false);
  };

  return (
    <dialog ref={element} className="export" onClose={close} aria-labelledby="export-title">
      <form className="stack" onSubmit={submit}>
        <h2 id="export-title">{w.title(count)}</h2>
        <div className="field"><span>{w.purpose}</span><Segmented label={w.purpose} value={purpose} choices={purposes.map((one) => [one, w.purposes[one] ?? one] as const)} onChange={setPurpose} />
          <span className="tiny muted">{w.meaning[purpose]}</span></div>
        <div className="field"><span>{w.format}</span><Segmented label={w.format} value={format} choices={[['xlsx', 'Excel'], ['csv', 'CSV']]} onChange={setFormat} /></div>
        <div className="row wrap export-more">
          {!chosen && <label className="field"><span>{w.first}</span><input className="input" type="number" inputMode="numeric" min={1} max={200_000} value={first} placeholder={w.all} onChange={(event) => setFirst(event.target.value)} /></label>}
          <label className="field"><span>{w.until}</span><input className="input" type="date" min={asOf ?? today()} value={until} onChange={(event) => setUntil(event.target.value)} /></label>
        </div>
        <p className="tiny muted">{w.recorded}</p>
        <p role="alert" className={fault ? 'fault' : 'visually-hidden'}>{fault}</p>
        <p role="status" className={done ? 'export-done' : 'visually-hidden'}>{done}</p>
        <div className="row">
          <button type="submit" className="button primary" disabled={busy}>{busy ? w.working : w.download}</button>
          <button type="button" className="button" onClick={() => element.current?.close()}>{done ? w.close : w.cancel}</button>
        </div>
      </form>
    </dialog>
  );
}

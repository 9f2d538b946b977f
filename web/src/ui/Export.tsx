import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api, type ExportFile } from '../api/generated';
import { ApiError } from '../api/http';
import { today, useAsOf } from '../app/router';
import { session } from '../app/session';
import { remember, remembered } from '../app/settings';
import { useWords, words } from '../i18n/language';
import './export.css';
import { Icon } from './icons';
import { Segmented } from './parts';

export type Purpose = 'whatsapp' | 'correo' | 'llamar' | 'tabla';
/** Who is taken away: people chosen one by one, or a list with its filters. */
export type Who = Omit<Parameters<typeof api.export_people>[0] & object, 'purpose' | 'format' | 'columns' | 'vence'>;

const purposes: readonly Purpose[] = ['whatsapp', 'correo', 'llamar', 'tabla'];

function save(file: ExportFile): void {
  const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: file.media_type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.file_name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

interface Props {
  who: () => Who;
  count: number | null;       // how many they are
  chosen?: boolean;           // one by one: nothing is to be cut off
  columns?: string[];         // of a table
  label: string;
  primary?: boolean;
  disabled?: boolean;
}

/** A list taken away: what for, as what; the server leaves out whom nobody may contact, says so, and writes it down. */
export function Export({ label, primary = false, disabled = false, ...rest }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!session.may('exporting')) return null;
  return (
    <>
      <button ref={button} type="button" className={primary ? 'button primary' : 'button'} disabled={disabled} onClick={() => setOpen(true)}><Icon name="down" size={17} />{label}</button>
      {open && <Dialog {...rest} close={() => { setOpen(false); button.current?.focus(); }} />}
    </>
  );
}

function Dialog({ who, count, chosen = false, columns, close }: Omit<Props, 'label' | 'primary' | 'disabled'> & { close: () => void }) {
  const w = useWords().export;
  const element = useRef<HTMLDialogElement>(null);
  const stop = useRef<AbortController | null>(null);
  const asOf = useAsOf();
  const [purpose, setPurpose] = useState<Purpose>(() => remembered('export.purpose', 'whatsapp'));
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
        ...who(), purpose, format, ...(purpose === 'tabla' && columns ? { columns } : {}), ...(!chosen && Number(first) > 0 ? { first: Number(first) } : {}),
        ...(purpose !== 'tabla' && until ? { vence: until } : {}), ...(asOf ? { as_of: asOf } : {}),
      }, { signal });
      save(file);
      setDone(file.summary);
    } catch (failure) {
      if (!signal.aborted) setFault(failure instanceof ApiError ? failure.problem?.errors?.map((one) => one.message).join(' ') || failure.message : words().error.unreachable);
    }
    setBusy(false);
  };

  return (
    <dialog ref={element} className="export" onClose={close} aria-labelledby="export-title">
      <form className="stack" onSubmit={submit}>
        <h2 id="export-title">{w.title(count)}</h2>
        <div className="field"><span>{w.purpose}</span><Segmented label={w.purpose} value={purpose} choices={purposes.map((one) => [one, w.purposes[one]] as const)} onChange={setPurpose} />
          <span className="tiny muted">{w.meaning[purpose]}</span></div>
        <div className="field"><span>{w.format}</span><Segmented label={w.format} value={format} choices={[['xlsx', 'Excel'], ['csv', 'CSV']]} onChange={setFormat} /></div>
        <div className="row wrap export-more">
          {!chosen && <label className="field"><span>{w.first}</span><input className="input" type="number" inputMode="numeric" min={1} max={200_000} value={first} placeholder={w.all} onChange={(event) => setFirst(event.target.value)} /></label>}
          {purpose !== 'tabla' && <label className="field"><span>{w.until}</span><input className="input" type="date" min={asOf ?? today()} value={until} onChange={(event) => setUntil(event.target.value)} /></label>}
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

import { useState, type FormEvent } from 'react';
import { api, type StaffView } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import type { Role } from '../../app/session';
import { day, clock } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem } from '../../ui/parts';
import { useAct } from './act';

export const all_roles: readonly Role[] = ['reception', 'marketing', 'owner', 'administration'];

const least_pin = 6;
const longest_name = 60;

function RoleChoice({ value, onChange, label }: { value: Role; onChange: (role: Role) => void; label: string }) {
  const words = useWords();
  return (
    <select className="input" aria-label={label} value={value} onChange={(event) => onChange(event.target.value as Role)}>
      {all_roles.map((role) => <option key={role} value={role}>{words.settings.roles[role]}</option>)}
    </select>
  );
}

function Add({ done }: { done: () => void }) {
  const words = useWords();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [role, setRole] = useState<Role>('reception');
  const [busy, act] = useAct(done);
  const [fault, setFault] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = !name.trim() ? words.settings.nameMissing : [...name.trim()].length > longest_name ? words.settings.nameLong(longest_name) : pin.length < least_pin ? words.settings.pinShort : '';
    setFault(wrong);
    if (wrong || !await act(async () => words.settings.added((await api.add_staff({ name, role, pin })).name))) return;
    setName('');
    setPin('');
  };
  return (
    <form className="card settings-form" onSubmit={submit} noValidate aria-labelledby="add-title">
      <h2 id="add-title">{words.settings.add}</h2>
      <label className="field"><span>{words.settings.name}</span><input className="input" name="name" value={name} autoComplete="off" required aria-invalid={[...name.trim()].length > longest_name} aria-describedby="add-name add-fault" onChange={(event) => setName(event.target.value)} /><span id="add-name" className="tiny muted">{words.settings.nameHint(longest_name)}</span></label>
      <label className="field"><span>{words.settings.role}</span><RoleChoice label={words.settings.role} value={role} onChange={setRole} /></label>
      <label className="field"><span>{words.settings.pin}</span><input className="input" name="pin" type="password" value={pin} autoComplete="new-password" required aria-invalid={fault !== ''} aria-describedby="add-fault" onChange={(event) => setPin(event.target.value)} /></label>
      <button type="submit" className="button primary" disabled={busy}>{words.settings.addButton}</button>
      <p id="add-fault" role="alert" className={fault ? 'fault' : 'visually-hidden'}>{fault}</p>
      <p className="tiny muted">{words.settings.may[role]} {words.settings.pinHint}</p>
    </form>
  );
}

function Person({ one, done }: { one: StaffView; done: () => void }) {
  const words = useWords();
  const [busy, act] = useAct(done);
  const [asking, setAsking] = useState<'pin' | 'leave' | null>(null);
  const [pin, setPin] = useState('');
  const newPin = async (event: FormEvent) => {
    event.preventDefault();
    if (await act(async () => words.settings.pinChanged((await api.change_staff({ staff_id: one.id, pin })).name))) setAsking(null);
    setPin('');
  };
  return (
    <li className="settings-row">
      <div><b className="break">{one.name}</b>
        <p className="tiny muted">{one.last_used ? words.settings.lastUse(`${day(one.last_used)} ${clock(one.last_used)}`) : words.settings.neverUsed} · {words.settings.may[one.role]}</p></div>
      <RoleChoice label={words.settings.roleOf(one.name)} value={one.role} onChange={(role) => act(async () => words.settings.roleChanged((await api.change_staff({ staff_id: one.id, role })).name))} />
      {asking === null && <span className="row">
        <button type="button" className="button tight" disabled={busy} onClick={() => setAsking('pin')}>{words.settings.newPin}</button>
        <button type="button" className="button tight" disabled={busy} onClick={() => setAsking('leave')}>{words.settings.remove}</button></span>}
      {asking === 'pin' && <form className="row wrap" onSubmit={newPin}>
        <input className="input" type="password" autoComplete="new-password" autoFocus aria-label={words.settings.pinOf(one.name)} value={pin} onChange={(event) => setPin(event.target.value)} />
        <button type="submit" className="button tight primary" disabled={busy || pin.length < least_pin}>{words.settings.save}</button>
        <button type="button" className="button quiet tight" onClick={() => setAsking(null)}>{words.settings.cancel}</button></form>}
      {asking === 'leave' && <span className="row wrap"><span className="small">{words.settings.removeAsk(one.name)}</span>
        <button type="button" className="button tight primary" disabled={busy} autoFocus onClick={() => act(async () => words.settings.removed((await api.revoke_staff({ staff_id: one.id })).name))}>{words.settings.removeYes}</button>
        <button type="button" className="button quiet tight" onClick={() => setAsking(null)}>{words.settings.cancel}</button></span>}
    </li>
  );
}

export function People() {
  const words = useWords();
  const { data, error, reload } = useQuery('staff', (signal) => api.list_staff({}, { signal }), true);
  const here = data?.people.filter((one) => one.revoked === null) ?? [], gone = data?.people.filter((one) => one.revoked !== null) ?? [];
  return (
    <>
      <Add done={reload} />
      <section className="card" aria-labelledby="people-title">
        <h2 id="people-title">{words.settings.people}</h2>
        {error ? <Problem error={error} retry={reload} /> : null}
        {!data && !error ? <Loading lines={4} /> : null}
        {data && here.length === 0 && <p className="muted">{words.settings.nobody}</p>}
        <ul className="settings-list">{here.map((one) => <Person key={one.id} one={one} done={reload} />)}</ul>
        {gone.length > 0 && <details className="small"><summary>{words.settings.gone(gone.length)}</summary>
          <ul>{gone.map((one) => <li key={one.id}>{one.name} · {words.settings.roles[one.role]} · {day(one.revoked)}</li>)}</ul></details>}
      </section>
    </>
  );
}

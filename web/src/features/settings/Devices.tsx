import { api } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { clock, day } from '../../format';
import { useWords } from '../../i18n/language';
import { Loading, Problem } from '../../ui/parts';
import { useAct } from './act';

export function Devices() {
  const words = useWords();
  const { data, error, reload } = useQuery('devices', (signal) => api.list_devices({}, { signal }), true);
  const [busy, act] = useAct(reload);
  const used = data?.devices.filter((one) => one.revoked === null) ?? [];
  return (
    <section className="card" aria-labelledby="devices-title">
      <h2 id="devices-title">{words.settings.devices}</h2>
      <p className="small muted">{words.settings.devicesHint}</p>
      {error ? <Problem error={error} retry={reload} /> : null}
      {!data && !error ? <Loading lines={4} /> : null}
      {data && used.length === 0 && <p className="muted">{words.settings.noDevices}</p>}
      <ul className="settings-list">
        {used.map((one) => (
          <li key={one.id} className="settings-row">
            <div><b className="break">{one.label || words.settings.unknownDevice}</b>{one.this_one && <> <span className="tag">{words.settings.thisOne}</span></>}
              <p className="tiny muted">{one.people.join(', ')} · {words.settings.lastUse(`${day(one.last_used)} ${clock(one.last_used)}`)}</p></div>
            <span />
            <button type="button" className="button tight" disabled={busy} onClick={() => act(async () => { await api.revoke_device({ device_id: one.id }); return words.settings.deviceForgotten; })}>{words.settings.forgetDevice}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// How somebody goes: for a while, or for good.
import { api } from '../api/generated';
import { client } from '../api/useQuery';
import { session } from './session';

export function lockNow(): void {
  session.lock();
  void api.lock_session({}, { key: '' }).catch(() => undefined);
}

export function leave(): void {
  if (session.isPerson()) void api.sign_out({}, { key: '' }).catch(() => undefined);
  client.clear();
  session.leave();
}

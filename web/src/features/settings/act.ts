import { useState } from 'react';
import { ApiError } from '../../api/http';
import { words } from '../../i18n/language';
import { toast } from '../../ui/parts';

/** One change at a time, and what came of it in words. */
export function useAct(reload: () => void): [boolean, (work: () => Promise<string>) => Promise<boolean>] {
  const [busy, setBusy] = useState(false);
  const act = async (work: () => Promise<string>) => {
    setBusy(true);
    let good = true;
    try {
      toast(await work());
    } catch (failure) {
      good = false;
      toast(failure instanceof ApiError ? failure.problem?.errors?.map((one) => one.message).join(' ') || failure.message : words().error.unreachable);
    }
    setBusy(false);
    reload();
    return good;
  };
  return [busy, act];
}

// A page that comes when it is asked for. Where it does not come (the server is away, or another version was put up
// since), that is said as every missing answer is, and asked again; a version that is no more is left by loading anew.
import { useEffect, useState, type ComponentType } from 'react';
import { Unreachable } from '../api/http';
import { Loading, Problem } from '../ui/parts';

const place = 'aremko.reloaded';
const not_again_ms = 15_000;

/** The server answers, and yet a part of this version is gone: the new version is loaded, once. */
async function leaveOldVersion(): Promise<void> {
  const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' }, cache: 'no-store' }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  const last = Number(sessionStorage.getItem(place) ?? 0);
  if (Date.now() - last < not_again_ms) return;
  sessionStorage.setItem(place, String(Date.now()));
  location.reload();
}

export interface Loadable<Props> {
  (props: Props): React.ReactNode;
  preload: () => Promise<unknown>;
}

export function loadable<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, { lines = 8, within = false } = {}): Loadable<Props> {
  const frame = within ? '' : 'page-in';
  let Ready: ComponentType<Props> | undefined;
  const fetchIt = async () => {
    Ready ??= (await load()).default;
  };
  function Loaded(props: Props) {
    const [failed, setFailed] = useState(false);
    const [turn, setTurn] = useState(0);
    useEffect(() => {
      if (Ready) return;
      let here = true;
      fetchIt().then(
        () => here && setTurn((count) => count + 1),
        () => {
          if (here) setFailed(true);
          if (turn > 0) void leaveOldVersion();
        },
      );
      return () => {
        here = false;
      };
    }, [turn]);
    if (Ready) return <Ready {...props} />;
    if (!failed) return <div className={frame}><Loading lines={lines} height="2.2rem" /></div>;
    return <div className={frame}><Problem error={new Unreachable()} retry={() => { setFailed(false); setTurn((count) => count + 1); }} /></div>;
  }
  Loaded.preload = fetchIt;
  return Loaded;
}

interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Fetches the other pages while nothing else is done, so that they are there even when the server is not. */
export function preloadWhenIdle(all: readonly { preload: () => Promise<unknown> }[]): () => void {
  const line = (navigator as Navigator & { connection?: Connection }).connection;
  if (line?.saveData || /(^|-)2g$/.test(line?.effectiveType ?? '')) return () => undefined;
  let stopped = false, timer = 0;
  const next = (at: number) => {
    const one = all[at];
    if (!one || stopped) return;
    const go = () => void one.preload().catch(() => undefined).then(() => next(at + 1));
    timer = window.setTimeout(() => ('requestIdleCallback' in window ? requestIdleCallback(go, { timeout: 5000 }) : go()), 300);
  };
  timer = window.setTimeout(() => next(0), 2500);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

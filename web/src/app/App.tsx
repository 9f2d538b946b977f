import { Component, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { api } from '../api/generated';
import { Desk, guestPage } from '../features/desk/Desk';
import { Entry } from '../features/entry/Entry';
import { Lock } from '../features/entry/Lock';
import { language, useWords, words } from '../i18n/language';
import { Empty, Link, Loading, Toasts } from '../ui/parts';
import { loadable, preloadWhenIdle } from './loadable';
import { useAddress } from './router';
import { useIdleLock } from './idle';
import { lockNow } from './leave';
import { heldOf, session } from './session';
import { Shell } from './Shell';

// The desk is what is opened all day; the office's pages come when they are asked for.
const People = loadable(() => import('../features/people/People'));
const Reactivation = loadable(() => import('../features/reactivation/Reactivation'));
const Sync = loadable(() => import('../features/sync/Sync'));
const Overview = loadable(() => import('../features/overview/Overview'));
const Settings = loadable(() => import('../features/settings/Settings'));
const later = [People, Reactivation, Sync, Overview];

// The page that the address names is fetched before anything is drawn.
const [, first_part = '', second_part] = location.pathname.split('/');
const first_page = second_part ? (first_part === 'clientes' ? guestPage : undefined) : { clientes: People, reactivacion: Reactivation, sincronizacion: Sync, resumen: Overview, ajustes: Settings }[first_part];
void first_page?.preload().catch(() => undefined);

class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty icon="warn" title={words().error.crashed}>
        <button type="button" className="button" onClick={() => location.reload()}>{words().error.reload}</button>
      </Empty>
    );
  }
}

function NotFound() {
  const words = useWords();
  return <div className="page-in"><h1 className="visually-hidden">{words.error.notFound}</h1><Empty icon="warn" title={words.error.notFound}><Link to="/" className="button">{words.error.home}</Link></Empty></div>;
}

function page(path: string) {
  const [, first, second, third] = path.split('/');
  if (third !== undefined) return <NotFound />;
  if (!first) return <Desk />;
  if (first === 'clientes' && second) return /^\d{1,15}$/.test(second) ? <Desk customer={Number(second)} /> : <NotFound />;
  if (first === 'historicos' && second) return <Desk legacy={decodeURIComponent(second)} />;
  if (second) return <NotFound />;
  switch (first) {
    case 'clientes': return <People />;
    case 'reactivacion': return <Reactivation />;
    case 'sincronizacion': return <Sync />;
    case 'resumen': return <Overview />;
    case 'ajustes': return session.may('settings') ? <Settings /> : <NotFound />;
    default: return <NotFound />;
  }
}

/** Somebody who signed in with this browser is let in without being asked anything, while the server knows them. */
function useArrival(): boolean {
  const [asking, setAsking] = useState(() => !session.current() && session.mayBeSignedIn());
  useEffect(() => {
    if (!asking) return;
    api.session({}, { key: '' }).then((who) => session.enter(heldOf('', who)), () => undefined).finally(() => setAsking(false));
  }, [asking]);
  return asking;
}

export function App() {
  const arriving = useArrival();
  useIdleLock(lockNow);
  const held = useSyncExternalStore(session.subscribe, session.snapshot);
  useWords();
  const { path } = useAddress();
  const who = held.held[held.at];
  const inside = who !== undefined;
  useEffect(() => (inside ? preloadWhenIdle([guestPage, ...later]) : undefined), [inside]);
  if (arriving) return <Loading lines={3} />;
  if (!who) return <><Entry /><Toasts /></>;
  // Another tenant or language is another set of answers: everything is drawn anew.
  return (
    <>
      {held.locked && <Lock />}
      <div className={held.locked ? 'locked-away' : 'as-is'} inert={held.locked}>
        <Shell key={`${who.tenant} ${language()} ${who.key === '' ? who.label : ''}`}>
          <Guard key={/^\/(clientes|historicos)\/./.test(path) ? '/' : path}>
            {page(path)}
          </Guard>
          <Toasts />
        </Shell>
      </div>
    </>
  );
}

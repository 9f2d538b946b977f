import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Entry } from '../features/entry/Entry';
import { day } from '../format';
import { setLanguage, language, useWords } from '../i18n/language';
import { Icon, type IconName } from '../ui/icons';
import { Link, Menu, Segmented } from '../ui/parts';
import { go, href, setQuery, useAddress, useAsOf } from './router';
import { leave, lockNow } from './leave';
import { session } from './session';
import { remembered } from './settings';
import { Stale } from './Stale';
import { setTheme, type Theme } from './theme';

export const search_field = 'search';

const pages = [
  { path: '/', name: 'desk', icon: 'desk' },
  { path: '/clientes', name: 'people', icon: 'people' },
  { path: '/reactivacion', name: 'win', icon: 'win' },
  { path: '/sincronizacion', name: 'sync', icon: 'sync' },
  { path: '/resumen', name: 'overview', icon: 'overview' },
] as const satisfies readonly { path: string; name: string; icon: IconName }[];

/** Which page an address belongs to: a guest's page is the desk's. */
function pageOf(path: string): string {
  if (path === '/' || path.startsWith('/historicos/') || path.startsWith('/clientes/')) return '/';
  return path;
}

function AsOf() {
  const words = useWords();
  const asOf = useAsOf();
  return (
    <label className="field">
      <span>{words.bar.asOf}</span>
      <span className="row">
        <input className="input" type="date" value={asOf ?? ''} min="1990-01-01" onChange={(event) => setQuery({ as_of: event.target.value || undefined })} />
        {asOf && <button type="button" className="button tight" onClick={() => setQuery({ as_of: undefined })}>{words.bar.today}</button>}
      </span>
    </label>
  );
}

function Account({ help, add }: { help: () => void; add: () => void }) {
  const words = useWords();
  const who = session.current();
  const [theme, choose] = useState(() => remembered<Theme>('theme', 'auto'));
  if (!who) return null;
  const scope = who.role ? words.settings.roles[who.role] : { read: words.bar.readOnly, write: words.bar.write, admin: words.bar.admin }[who.scope];
  return (
    <Menu
      side="up"
      className="account"
      button={<><span className="avatar" aria-hidden="true">{who.tenant.slice(0, 1).toUpperCase()}</span><span className="who clip"><b>{who.tenant}</b> <small>{who.label || scope}</small></span><span className="visually-hidden">{words.bar.account}</span><Icon name="gear" size={18} /></>}
    >
      {session.held().length > 1 && (
        <Segmented label={words.bar.account} value={who.tenant} choices={session.held().map((one) => [one.tenant, one.tenant] as const)} onChange={session.switchTo} />
      )}
      <p className="small muted">{who.tenant} · {scope}</p>
      <AsOf />
      <div className="field"><span>{words.bar.language}</span>
        <Segmented label={words.bar.language} value={language()} choices={[['es', 'Español'], ['en', 'English']]} onChange={setLanguage} /></div>
      <div className="field"><span>{words.bar.theme}</span>
        <Segmented label={words.bar.theme} value={theme} choices={[['auto', words.bar.auto], ['light', words.bar.light], ['dark', words.bar.dark]]} onChange={(next) => { setTheme(next); choose(next); }} /></div>
      <div className="row wrap">
        <button type="button" className="button tight" onClick={help}>{words.bar.shortcuts}</button>
        <a className="button tight" href="/docs">{words.bar.docs}</a>
        <button type="button" className="button tight" onClick={add}>{words.bar.add}</button>
        {session.may('settings') && <Link to="/ajustes" className="button tight">{words.settings.title}</Link>}
        {session.isPerson() && <button type="button" className="button tight" onClick={lockNow}>{words.door.lock}</button>}
        <button type="button" className="button tight" onClick={leave}>{words.bar.leave}</button>
      </div>
    </Menu>
  );
}

function Help({ close }: { close: () => void }) {
  const words = useWords();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => element.current?.showModal(), []);
  const rows: [string, string][] = [
    ['/', words.keys.search], ['↑ ↓', words.keys.move], ['Enter', words.keys.open], ['Esc', words.keys.back],
    ['Alt 1 … 5', words.keys.pages], ['Alt C', words.keys.message], ['Alt P', words.keys.print], ['Espacio', words.keys.select], ['?', words.keys.help],
  ];
  return (
    <dialog ref={element} onClose={close} aria-labelledby="keys-title">
      <div className="stack">
        <h2 id="keys-title">{words.keys.title}</h2>
        <dl className="keys">{rows.map(([keys, text]) => <div key={keys}><dt><kbd>{keys}</kbd></dt><dd>{text}</dd></div>)}</dl>
        <button type="button" className="button" onClick={() => element.current?.close()}>{words.keys.close}</button>
      </div>
    </dialog>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const words = useWords();
  const { path } = useAddress();
  const asOf = useAsOf();
  const [help, setHelp] = useState(false);
  const [adding, setAdding] = useState(false);
  const main = useRef<HTMLElement>(null);
  const page = pageOf(path);

  useEffect(() => {
    const name = pages.find((one) => one.path === page)?.name;
    document.title = name ? `${words.nav[name]} · Aremko` : 'Aremko';
  }, [page, words]);

  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches('input:not([type=checkbox]):not([type=range]), textarea, select');
      if (event.altKey && /^[1-5]$/.test(event.key)) {
        const to = pages[Number(event.key) - 1];
        if (to) {
          event.preventDefault();
          go(href(to.path));
        }
      } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        const field = document.getElementById(search_field);
        if (field) (field as HTMLInputElement).select();
        else go(href('/'));
      } else if (event.key === '?' && !typing) {
        event.preventDefault();
        setHelp(true);
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, []);

  if (adding) return <Entry cancel={() => setAdding(false)} />;
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{words.skip}</a>
      <header className="rail">
        <div className="brand"><img src="/icon.svg" alt="" />{words.product}</div>
        <nav className="nav" aria-label={words.nav.label}>
          {pages.map((one) => (
            <Link key={one.path} to={one.path} {...(page === one.path ? { 'aria-current': 'page' as const } : {})}>
              <Icon name={one.icon} />{one.name in words.short && <span className="short clip">{words.short[one.name]}</span>}<span className="long clip">{words.nav[one.name]}</span>
            </Link>
          ))}
        </nav>
        <div className="rail-foot"><Account help={() => setHelp(true)} add={() => setAdding(true)} /></div>
      </header>
      <main id="main" className="page" ref={main} tabIndex={-1}>
        <Stale />
        {asOf && (
          <div className="asof-banner">
            {words.bar.lookingAt(day(asOf))}
            <button type="button" className="link" onClick={() => setQuery({ as_of: undefined })}>{words.bar.backToToday}</button>
          </div>
        )}
        {children}
      </main>
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

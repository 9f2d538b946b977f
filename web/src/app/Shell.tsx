import { useEffect, useRef, useState, type ReactNode } from 'react';
import icon from '../assets/icon.svg';
import { Entry } from '../features/entry/Entry';
import { day, initials } from '../format';
import { setLanguage, language, useWords } from '../i18n/language';
import { Icon, type IconName } from '../ui/icons';
import { Link, Menu, Segmented } from '../ui/parts';
import type { Act } from './acts';
import { useArrival } from './arrival';
import { loadable } from './loadable';
import { go, href, setQuery, useAddress, useAsOf, walked } from './router';
import { leave, lockNow } from './leave';
import { session } from './session';
import { remembered } from './settings';
import { Stale } from './Stale';
import { isDark, setTheme, type Theme } from './theme';

export const search_field = 'search';

const Palette = loadable(() => import('./Palette'));

// `key` is what follows G.
const pages = [
  { path: '/', name: 'desk', icon: 'desk', key: 'r' },
  { path: '/clientes', name: 'people', icon: 'people', key: 'c' },
  { path: '/reactivacion', name: 'win', icon: 'win', key: 'v' },
  { path: '/sincronizacion', name: 'sync', icon: 'sync', key: 's' },
  { path: '/resumen', name: 'overview', icon: 'overview', key: 'o' },
] as const satisfies readonly { path: string; name: string; icon: IconName; key: string }[];

/** Which page an address belongs to: a guest's page is the desk's, or the list's from which it was opened. */
function pageOf(path: string): string {
  const walk = walked();
  if (walk && path.startsWith('/clientes/')) return walk.back.split('?')[0] ?? '/';
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
      button={<><span className="avatar" aria-hidden="true">{(session.isPerson() && initials(who.label)) || who.tenant.slice(0, 1).toUpperCase()}</span><span className="who clip"><b>{who.tenant}</b> <small>{who.label || scope}</small></span><span className="visually-hidden">{words.bar.account}</span><Icon name="gear" size={18} /></>}
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
    ['Ctrl K', words.lists.palette], ['/', words.keys.search], ['↑ ↓', words.keys.move], ['Enter', words.keys.open], ['Esc', words.keys.back],
    ['G …', words.lists.goKeys], ['Alt 1 … 5', words.keys.pages], ['J K', words.lists.nextGuest], ['Alt C', words.keys.message], ['Alt P', words.keys.print], ['Espacio', words.keys.select], ['?', words.keys.help],
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
  const [announced, setAnnounced] = useState('');
  const [help, setHelp] = useState(false);
  const [adding, setAdding] = useState(false);
  const [finding, setFinding] = useState(false);
  const main = useRef<HTMLElement>(null);
  const page = pageOf(path);
  useArrival(main);

  useEffect(() => {
    const known = pages.find((one) => one.path === page);
    const name = known ? words.nav[known.name] : page === '/ajustes' ? words.settings.title : '';
    document.title = name ? `${name} · Aremko` : 'Aremko';
    setAnnounced(name);
  }, [page, words]);

  useEffect(() => {
    let going = -Infinity;  // when G was pressed; a page's clock begins at nought
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.matches('input:not([type=checkbox]):not([type=range]), textarea, select');
      const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) setFinding(true);
      } else if (plain && !typing && event.key.toLowerCase() === 'g') {
        going = event.timeStamp;
      } else if (plain && !typing && event.timeStamp - going < 1200 && pages.some((one) => one.key === event.key.toLowerCase())) {
        going = -Infinity;
        event.preventDefault();
        event.stopImmediatePropagation();  // the page has a use for some of these keys by themselves
        go(href(pages.find((one) => one.key === event.key.toLowerCase())?.path ?? '/'));
      } else if (event.altKey && /^Digit[1-5]$/.test(event.code)) {
        const to = pages[Number(event.code.slice(5)) - 1];
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
    document.addEventListener('keydown', keys, true);
    return () => document.removeEventListener('keydown', keys, true);
  }, []);

  const acts: Act[] = [
    { name: isDark() ? words.lists.lightTheme : words.lists.darkTheme, run: () => setTheme(isDark() ? 'light' : 'dark') },
    { name: language() === 'es' ? 'English' : 'Español', run: () => setLanguage(language() === 'es' ? 'en' : 'es') },
    ...(asOf ? [{ name: words.bar.backToToday, run: () => setQuery({ as_of: undefined }) }] : []),
    ...(session.isPerson() ? [{ name: words.door.lock, run: lockNow }] : []),
    { name: words.bar.shortcuts, keys: '?', run: () => setHelp(true) },
    { name: words.bar.leave, run: leave },
  ];
  if (adding) return <Entry cancel={() => setAdding(false)} />;
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{words.skip}</a>
      <header className="rail">
        <div className="brand"><img src={icon} alt="" width="30" height="30" />{words.product}</div>
        <nav className="nav" aria-label={words.nav.label}>
          {pages.map((one) => (
            <Link key={one.path} to={one.path} {...(page === one.path ? { 'aria-current': 'page' as const } : {})}>
              <Icon name={one.icon} />{one.name in words.short && <span className="short clip">{words.short[one.name]}</span>}<span className="long clip">{words.nav[one.name]}</span>
            </Link>
          ))}
          {/* On a phone it stands in the account's menu alone: five names share its width. */}
          {session.may('settings') && <Link to="/ajustes" className="wide-nav" {...(page === '/ajustes' ? { 'aria-current': 'page' as const } : {})}><Icon name="gear" /><span className="long clip">{words.settings.title}</span></Link>}
        </nav>
        <button type="button" className="button quiet find" title={words.lists.palette} onClick={() => setFinding(true)}><Icon name="desk" size={16} /><span className="grow clip">{words.lists.find}</span><kbd aria-hidden="true">Ctrl K</kbd></button>
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
      <p className="visually-hidden" role="status" aria-live="polite">{announced}</p>
      {finding && <Palette pages={[...pages.map((one) => ({ path: one.path, name: words.nav[one.name] })), ...(session.may('settings') ? [{ path: '/ajustes', name: words.settings.title }] : [])]} acts={acts} close={() => setFinding(false)} />}
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

import { memo, useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { api, type CurrentMatch, type CustomerSearch, type LegacyMatch } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { loadable } from '../../app/loadable';
import { go, href, useAsOf, walked } from '../../app/router';
import { search_field } from '../../app/Shell';
import { day, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { Link, Loading, Problem, SegmentChip } from '../../ui/parts';
import { seenLately } from './lately';
import { Marked, MarkedDigits } from './marks';
import { Nobody } from './Nobody';
import { Pager } from './Pager';
import { Today } from './Today';

// A guest's page is fetched while the receptionist types: the field comes first.
export const guestPage = loadable(() => import('./Guest'), { lines: 9, within: true });
const Guest = guestPage;
const LegacyGuest = loadable(() => import('./LegacyGuest'), { lines: 9, within: true });

type Hit = { kind: 'current'; one: CurrentMatch; to: string } | { kind: 'legacy'; one: LegacyMatch; to: string };

/** Best first, as the server scored them: of equals today's customers before the old files', of whom only those tied to none. */
function hitsOf(found: CustomerSearch | undefined): Hit[] {
  if (!found) return [];
  const shown = new Set(found.current_matches.map((one) => one.id));
  const current = found.current_matches.map((one): Hit => ({ kind: 'current', one, to: `/clientes/${one.id}` }));
  const legacy = found.legacy_matches
    .filter((one) => one.customer_id === null || !shown.has(one.customer_id))
    .map((one): Hit => ({ kind: 'legacy', one, to: one.customer_id !== null ? `/clientes/${one.customer_id}` : `/historicos/${encodeURIComponent(one.legacy_id)}` }));
  return [...current, ...legacy].sort((a, b) => b.one.score - a.one.score);
}

function Why({ hit, query }: { hit: Hit; query: string }) {
  const words = useWords();
  const { one } = hit;
  const value = one.matched_on === 'telefono' ? phone(one.telefono) : one.matched_on === 'email' ? one.email : one.matched_on === 'documento_identidad' ? rut(one.documento_identidad) : one.ciudad;
  const also = hit.kind === 'current' && hit.one.legacy_ids.length > 0;
  const digits = one.matched_on === 'telefono' || one.matched_on === 'documento_identidad';
  return (
    <span className="row tiny muted hit-why">
      <span className="hit-words">{words.desk.matched[one.matched_on] ?? one.matched_on}{value && <> · {digits ? <MarkedDigits text={value} query={query} /> : value}</>}{hit.kind === 'current' && <> · {words.lists.numbered(hit.one.id)}</>}</span>
      {also && <span className="hit-also" title={words.desk.also}><Icon name="history" size={15} /><span className="visually-hidden">{words.desk.also}</span></span>}
    </span>
  );
}

/** Drawn anew by another answer alone: a letter typed moves nothing here. */
const Result = memo(function Result({ hit, query, index, active, open }: { hit: Hit; query: string; index: number; active: boolean; open: (hit: Hit, index: number) => void }) {
  const words = useWords();
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const { one } = hit;
  return (
    <li ref={element} id={`hit-${index}`} role="option" aria-selected={active} className={active ? 'hit active' : 'hit'} onClick={() => open(hit, index)}>
      <span className="hit-top">
        <span className="strong hit-words"><Marked text={one.nombre || '–'} query={query} /></span>
        {hit.kind === 'legacy' ? <span className="tag legacy">{words.guest.source.legacy}</span>
          : hit.one.es_staff ? <span className="tag">{words.desk.staff}</span>
          : hit.one.segment && <SegmentChip segment={hit.one.segment} visits={one.total_visitas} />}
      </span>
      <span className="small hit-words">
        {[words.desk.visits(one.total_visitas), one.ultima_visita && `${words.desk.lastVisit} ${day(one.ultima_visita)}`, one.matched_on !== 'telefono' && phone(one.telefono)].filter(Boolean).join(' · ')}
      </span>
      <Why hit={hit} query={query} />
    </li>
  );
});

// What was typed outlives the page, in memory alone: one goes to the office's pages and comes back to it.
let typed = '';

function Search({ narrow }: { narrow: boolean }) {
  const words = useWords();
  const asOf = useAsOf();
  const [text, setText] = useState(typed);
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const query = text.trim();
  // Enter pressed before the answer came is remembered for just that text.
  const waiting = useRef('');
  const { data, error, loading, reload } = useQuery(
    query ? `search ${asOf ?? ''} ${query}` : null,
    (signal) => api.search_customers({ query, source: 'all', limit: 20, ...(asOf ? { as_of: asOf } : {}) }, { signal }),
    true,
  );
  // Under a question that could not be answered, nobody of an earlier one.
  const answers = data && data.query.trim() === query;
  const shown = query && (answers || !error) ? data : undefined;
  const hits = useMemo(() => hitsOf(shown), [shown]);
  const active = Math.min(at, Math.max(0, hits.length - 1));
  const type = (next: string) => {
    typed = next;
    waiting.current = '';
    setText(next);
    setAt(0);
  };
  const open = (hit: Hit | undefined) => hit && go(href(hit.to));
  const pick = useCallback((hit: Hit, index: number) => {
    setAt(index);
    go(href(hit.to));
  }, []);
  useEffect(() => {
    if (!answers || waiting.current !== query) return;
    waiting.current = '';
    open(hits[0]);
  });
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((active + step + hits.length) % hits.length);
    } else if (event.key === 'Enter') {
      // Only what is shown for what is typed: never the answer to an earlier keystroke.
      if (answers) open(hits[active]);
      else waiting.current = query;
    } else if (event.key === 'Escape' && text) {
      event.preventDefault();
      type('');
    }
  };

  return (
    <section className={narrow ? 'desk-search beside' : 'desk-search'} aria-label={words.desk.search}>
      {!narrow && <h1>{words.desk.title}</h1>}
      <div className="search-field">
        <Icon name="desk" />
        <input
          ref={field} id={search_field} className="input" type="text" inputMode="search" value={text} autoFocus={!narrow} autoComplete="off" spellCheck={false} maxLength={200}
          placeholder={words.desk.placeholder} aria-label={words.desk.search} role="combobox" aria-expanded={hits.length > 0} aria-controls="hits" aria-autocomplete="list"
          {...(hits.length > 0 ? { 'aria-activedescendant': `hit-${active}` } : {})} onChange={(event) => type(event.target.value)} onKeyDown={keys}
        />
        {text ? <button type="button" className="button quiet icon tight" aria-label={words.desk.clear} onClick={() => { type(''); field.current?.focus(); }}><Icon name="close" size={16} /></button> : <kbd aria-hidden="true">/</kbd>}
      </div>
      {error ? <Problem error={error} retry={reload} /> : null}
      <p className="visually-hidden" role="status">{query && data && !loading ? words.desk.results(hits.length) : ''}</p>
      <ul id="hits" data-query={data?.query} role="listbox" aria-label={words.desk.results(hits.length)} className={answers ? 'hits' : 'hits old'} hidden={hits.length === 0}>
        {hits.map((hit, index) => <Result key={hit.to + hit.kind} index={index} hit={hit} query={data?.query ?? ''} active={index === active} open={pick} />)}
      </ul>
      {query && data && hits.length > 0 && data.next !== null && <p className="tiny muted hits-more">{words.desk.more}</p>}
      {query && !data && loading && <Loading lines={5} height="3.2rem" />}
      {query && data && !loading && hits.length === 0 && !error && <Nobody query={query} />}
      {!query && <Idle />}
    </section>
  );
}

function Idle() {
  const words = useWords();
  const recent = seenLately();
  return (
    <div className="stack idle">
      <p className="muted small">{words.desk.hint}</p>
      {recent.length > 0 && (
        <div className="stack-s">
          <h2 className="label">{words.desk.recent}</h2>
          <ul className="recent">{recent.map((one) => <li key={one.to}><Link to={one.to}>{one.name}</Link></li>)}</ul>
        </div>
      )}
    </div>
  );
}

export function Desk({ customer, legacy }: { customer?: number; legacy?: string }) {
  const open = customer !== undefined || legacy !== undefined;
  const walk = customer !== undefined ? walked() : undefined;
  const walking = walk !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => void guestPage.preload().catch(() => undefined), 300);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!open) return;
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open], details[open] .menu-panel, :popover-open')) return;
      const field = document.getElementById(search_field) as HTMLInputElement | null;
      // On a phone the search is another page.
      if (walking) history.back();
      else if (field && field.offsetParent !== null) field.select();
      else go(href('/'));
    };
    document.addEventListener('keydown', escape);
    return () => document.removeEventListener('keydown', escape);
  }, [open, walking]);
  return (
    <div className={walk ? 'desk open walk' : open ? 'desk open' : 'desk'}>
      {!walk && <Search narrow={open} />}
      <div className="desk-guest">
        {walk && <Pager walk={walk} />}
        {customer !== undefined ? <Guest key={customer} id={customer} /> : legacy !== undefined ? <LegacyGuest key={legacy} id={legacy} /> : <Today />}
      </div>
    </div>
  );
}

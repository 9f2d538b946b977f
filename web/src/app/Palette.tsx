// Ctrl/⌘ K: go somewhere, find somebody, do something, from wherever one is.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { api } from '../api/generated';
import { useQuery } from '../api/useQuery';
import { phone } from '../format';
import { useWords } from '../i18n/language';
import { actsNow, type Act } from './acts';
import { go, href, useAsOf } from './router';

interface Choice {
  id: string;
  group: string;
  name: string;
  more?: string;
  run: () => void;
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const most_people = 6;

function usePeople(text: string): Choice[] {
  const words = useWords();
  const asOf = useAsOf();
  const asked = text.trim().length >= 2 ? text.trim() : '';
  const { data } = useQuery(
    asked ? `palette ${asOf ?? ''} ${asked}` : null,
    (signal) => api.search_customers({ query: asked, source: 'current', limit: most_people, ...(asOf ? { as_of: asOf } : {}) }, { signal }),
    true,
  );
  if (!asked || !data) return [];
  return data.current_matches.map((one) => ({
    id: `person-${one.id}`, group: words.lists.people, name: one.nombre || '–',
    more: [phone(one.telefono), one.ciudad].filter(Boolean).join(' · '), run: () => go(href(`/clientes/${one.id}`)),
  }));
}

export default function Palette({ pages, acts, close }: { pages: readonly { path: string; name: string }[]; acts: readonly Act[]; close: () => void }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  // What the page offers when the palette is opened: the page behind it stands still.
  const [here] = useState(actsNow);
  useEffect(() => dialog.current?.showModal(), []);
  const people = usePeople(text);
  const typed = fold(text.trim());
  const fits = (name: string) => fold(name).split(/\s+/).some((word) => word.startsWith(typed)) || fold(name).includes(typed);
  const choices: Choice[] = [
    ...here.map((act, index) => ({ id: `here-${index}`, group: words.lists.thisPage, name: act.name, ...(act.keys ? { more: act.keys } : {}), run: act.run })),
    ...pages.map((page) => ({ id: page.path, group: words.lists.goTo, name: page.name, run: () => go(href(page.path)) })),
    ...acts.map((act, index) => ({ id: `act-${index}`, group: words.lists.actions, name: act.name, ...(act.keys ? { more: act.keys } : {}), run: act.run })),
  ].filter((one) => fits(one.name));
  const all = [...people, ...choices];
  const active = Math.min(at, Math.max(0, all.length - 1));
  const choose = (one: Choice | undefined) => {
    if (!one) return;
    dialog.current?.close();
    one.run();
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && all.length > 0) {
      event.preventDefault();
      const next = (active + step + all.length) % all.length;
      setAt(next);
      document.getElementById(`palette-${all[next]?.id}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(all[active]);
    }
  };
  return (
    <dialog ref={dialog} className="palette" aria-label={words.lists.palette} onClose={close} onClick={(event) => event.target === dialog.current && dialog.current.close()}>
      <input
        className="input" type="text" value={text} autoFocus autoComplete="off" spellCheck={false} maxLength={120} placeholder={words.lists.paletteHint} aria-label={words.lists.paletteHint}
        role="combobox" aria-expanded={all.length > 0} aria-controls="palette-list" aria-autocomplete="list" {...(all[active] ? { 'aria-activedescendant': `palette-${all[active].id}` } : {})}
        onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={keys}
      />
      <ul id="palette-list" role="listbox" aria-label={words.lists.palette}>
        {all.map((one, index) => (
          <li key={one.id} id={`palette-${one.id}`} role="option" aria-selected={index === active} onClick={() => choose(one)} onPointerMove={() => setAt(index)}>
            <span className="tiny muted palette-group">{index === 0 || all[index - 1]?.group !== one.group ? one.group : ''}</span>
            <span className="palette-name">{one.name}</span>
            {one.more && <span className="tiny muted">{one.more}</span>}
          </li>
        ))}
      </ul>
      {all.length === 0 && <p className="muted small">{words.lists.paletteNone}</p>}
    </dialog>
  );
}

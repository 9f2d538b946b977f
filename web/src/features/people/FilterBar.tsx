import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { api } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { setQuery, useAddress, useAsOf } from '../../app/router';
import { number, readPesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { chipsOf, filter_names, inRange, ranges } from './filters';
import { segment_order } from './segments';

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const most_places = 8;

/** A field that reads what is written, says in itself what it cannot take, and otherwise changes the address. */
function Field({ name, label, width, read, show, hint }: { name: string; label: string; width: string; read: (text: string) => string | null; show: (value: string) => string; hint: string }) {
  const { query } = useAddress();
  const id = useId();
  const value = query.get(name) ?? '';
  const [wrong, setWrong] = useState(false);
  const apply = (text: string) => {
    const next = text.trim() ? read(text) : '';
    setWrong(next === null);
    if (next !== null && next !== value) setQuery({ [name]: next }, false);
  };
  return (
    <label className="field" style={{ width }}>
      <span>{label}</span>
      <input
        key={value} className="input" type="text" inputMode="decimal" autoComplete="off" defaultValue={value && show(value)} aria-invalid={wrong} {...(wrong ? { 'aria-describedby': id } : {})}
        onInput={() => wrong && setWrong(false)} onBlur={(event) => apply(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && apply(event.currentTarget.value)}
      />
      {wrong && <span id={id} className="fault tiny" role="alert">{hint}</span>}
    </label>
  );
}

function Count({ name, label, width }: { name: keyof typeof ranges; label: string; width: string }) {
  const words = useWords();
  const [least, most] = ranges[name];
  return (
    <Field
      name={name} label={label} width={width} show={(value) => value} hint={words.lists.range(number(least), number(most))}
      read={(text) => (/^\d+$/.test(text.trim()) && inRange(name, Number(text)) ? String(Number(text)) : null)}
    />
  );
}

/** A city or a region, any part of its name, with how many live there. */
function PlaceBox() {
  const words = useWords();
  const asOf = useAsOf();
  const { query } = useAddress();
  const value = query.get('city') ?? '';
  const id = useId();
  const [text, setText] = useState<string | null>(null);  // null: nobody is writing in it
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { data } = useQuery(open ? `places ${asOf ?? ''}` : null, (signal) => api.people_places(asOf ? { as_of: asOf } : {}, { signal }), true);
  const typed = fold((text ?? '').trim());
  const fits = (name: string) => fold(name).includes(typed);
  const found = data ? [
    ...data.ciudades.filter((one) => fits(one.nombre)).slice(0, most_places).map((one) => ({ ...one, shown: one.nombre })),
    ...data.regiones.filter((one) => fits(one.nombre)).slice(0, 4).map((one) => ({ ...one, shown: words.lists.region(one.nombre) })),
  ] : [];
  const apply = (next: string) => {
    setOpen(false);
    setText(null);
    setAt(-1);
    if (next.trim() !== value) setQuery({ city: next.trim() }, false);
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      if (found.length > 0) setAt((at + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      apply((open && found[at]?.nombre) || (text ?? value));
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setText(null);
    }
  };
  return (
    <div className="field place" style={{ width: '11rem' }}>
      <label className="label" htmlFor={id}>{words.lists.cityOrRegion}</label>
      <input
        ref={field} id={id} className="input" type="text" autoComplete="off" maxLength={100} value={text ?? value} role="combobox" aria-expanded={open && found.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list"
        {...(open && found[at] ? { 'aria-activedescendant': `${id}-${at}` } : {})} onFocus={() => setOpen(true)} onChange={(event) => { setText(event.target.value); setOpen(true); setAt(-1); }} onKeyDown={keys}
        onBlur={() => apply(text ?? value)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={words.lists.cityOrRegion} className="places" hidden={!open || found.length === 0}>
        {/* The press must not take the focus first: leaving the field applies what is written in it. */}
        {found.map((one, index) => (
          <li key={one.shown} id={`${id}-${index}`} role="option" aria-selected={index === at} onPointerDown={(event) => { event.preventDefault(); apply(one.nombre); field.current?.blur(); }}>
            <span>{one.shown}</span><span className="tiny muted num">{number(one.customers)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The same questions over every list of people. `own`: what this list asks in another way; `children`: what it says beside the filters. */
export function FilterBar({ own = [], children }: { own?: readonly (typeof filter_names)[number][]; children?: ReactNode }) {
  const words = useWords();
  const { query } = useAddress();
  const value = (name: string) => query.get(name) ?? '';
  const chips = chipsOf(query, words, own);
  const clear = () => setQuery(Object.fromEntries(filter_names.filter((name) => !own.includes(name)).map((name) => [name, undefined])), false);
  return (
    <div className="stack-s">
      <div className="filters" role="group" aria-label={words.people.filters}>
        <label className="field"><span>{words.people.segment}</span>
          <select className="input" value={value('segment')} onChange={(event) => setQuery({ segment: event.target.value }, false)}>
            <option value="">{words.people.anySegment}</option>{segment_order.map((name) => <option key={name} value={name}>{words.segments.names[name]}</option>)}
          </select></label>
        <PlaceBox />
        {!own.includes('months') && <Count name="months" label={words.people.away} width="8.5rem" />}
        <Count name="visits" label={words.people.minVisits} width="8rem" />
        <Field name="spent" label={words.people.minSpent} width="9rem" show={(text) => number(Number(text))} hint={words.lists.money}
          read={(text) => { const amount = readPesos(text); return amount !== null && inRange('spent', amount) ? String(amount) : null; }} />
        <label className="field"><span>{words.people.channel}</span>
          <select className="input" value={value('channel')} onChange={(event) => setQuery({ channel: event.target.value }, false)}>
            <option value="">{words.people.anyChannel}</option>{Object.entries(words.people.channels).map(([name, text]) => <option key={name} value={name}>{text}</option>)}
          </select></label>
        <Count name="quiet" label={words.lists.quiet} width="9.5rem" />
      </div>
      {(children || chips.length > 0) && <div className="row wrap told">{children}{chips.length > 0 && (
        <ul className="row wrap chips" aria-label={words.lists.filtered}>
          {chips.map((chip) => (
            <li key={chip.names.join()}><button type="button" className="chip closing" aria-label={words.lists.remove(chip.text)} onClick={() => setQuery(Object.fromEntries(chip.names.map((name) => [name, undefined])), false)}>{chip.text}<Icon name="close" size={13} /></button></li>
          ))}
          <li><button type="button" className="button quiet tight" onClick={clear}>{words.people.clear}</button></li>
        </ul>
      )}</div>}
    </div>
  );
}

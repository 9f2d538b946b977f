import { useId, useLayoutEffect, useRef, useState } from 'react';
import { api } from '../api/generated';
import { useQuery } from '../api/useQuery';
import { useWords } from '../i18n/language';
import { Loading, Problem } from './parts';
import { plainly } from './plain';

const margin = 8;

/** Below its button, or above it where there is no room, and never beyond the window. */
function place(panel: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect(), { offsetWidth, offsetHeight } = panel;
  const left = Math.min(at.left, innerWidth - offsetWidth - margin);
  const below = at.bottom + 6;
  panel.style.left = `${Math.max(margin, left)}px`;
  panel.style.top = `${below + offsetHeight + margin <= innerHeight ? below : Math.max(margin, at.top - offsetHeight - 6)}px`;
}

function Definition({ id }: { id: string }) {
  const words = useWords();
  const [exact, setExact] = useState(false);
  const { data, error, reload } = useQuery('definitions', (signal) => api.definitions({}, { signal }));
  if (error) return <Problem error={error} retry={reload} />;
  if (!data) return <Loading lines={3} />;
  const one = data.definitions.find((definition) => definition.id === id);
  if (!one) return <>{words.how.none}</>;
  const named = /^segment|^churn/.test(id);  // these speak of the segments by the names of the booking system
  const plain = (text: string) => {
    const told = plainly(text, words.how.terms);
    return named ? told.replace(/\b(Champions|Loyal|New|Promising|At Risk|Hibernating|Lost|Occasional)\b/g, (segment) => words.segments.names[segment] ?? segment) : told;
  };
  const technical = [one.title, one.how, one.differs ?? ''].some((text) => plain(text) !== text);
  return (
    <>
      <b>{plain(one.title)}</b>
      <span>{plain(one.how)}</span>
      {one.differs && <span className="muted"><b>{words.how.differs}</b> {plain(one.differs)}</span>}
      {technical && <button type="button" className="link start small" aria-expanded={exact} onClick={() => setExact(!exact)}>{words.how.technical}</button>}
      {technical && exact && <span className="small muted">{one.title}. {one.how}{one.differs && ` ${one.differs}`}</span>}
    </>
  );
}

/** "¿Cómo se calcula?": what a figure means, one press away from it. `name` is the figure's, as the page calls it. */
export function How({ id, name }: { id: string; name: string }) {
  const words = useWords();
  const panel_id = useId();
  const button = useRef<HTMLButtonElement>(null), panel = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const element = panel.current;
    if (!open || !element) return;
    const put = () => button.current && place(element, button.current);
    const watch = new ResizeObserver(put);  // its text comes later
    watch.observe(element);
    const close = (event: Event) => event.target instanceof Node && !element.contains(event.target) && element.hidePopover();
    document.addEventListener('scroll', close, true);
    return () => {
      watch.disconnect();
      document.removeEventListener('scroll', close, true);
    };
  }, [open]);
  return (
    <>
      <button ref={button} type="button" className="how no-print" data-how={id} aria-label={words.how.label(name)} title={words.how.title} popoverTarget={panel_id}><span aria-hidden="true">?</span></button>
      <span ref={panel} id={panel_id} popover="auto" role="note" className="how-panel" onToggle={(event) => setOpen(event.newState === 'open')}>{open && <Definition id={id} />}</span>
    </>
  );
}

/** A card's heading with the definition of what it shows beside it. */
export function Title({ id, how, children }: { id: string; how: string; children: string }) {
  return <span className="titled"><h2 id={id}>{children}</h2><How id={how} name={children} /></span>;
}

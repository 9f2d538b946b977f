import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiError, Unreachable } from '../api/http';
import { go, href } from '../app/router';
import type { Words } from '../i18n/es';
import { useWords } from '../i18n/language';
import { Icon, type IconName } from './icons';

/** A link of ours: a plain one for the browser's menus, without loading the page anew. */
export function Link({ to, query, children, ...rest }: { to: string; query?: Record<string, string | undefined>; children: ReactNode } & React.AnchorHTMLAttributes<HTMLAnchorElement>) {
  const address = href(to, query);
  return (
    <a
      {...rest}
      href={address}
      onClick={(event) => {
        rest.onClick?.(event);
        if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(address);
      }}
    >
      {children}
    </a>
  );
}

export const segmentDefinition = (segment: string): string => `segment_${segment.toLowerCase().replace(' ', '_')}`;
export const segmentClass = (segment: string): string => `s-${segment.replace(' ', '')}`;

/** A segment as one of its people is called: by its own name, which fits one and many. Who never came has no habit to be named by. */
export function segmentOf(one: { segment: string; visits?: number; booked?: boolean }, words: Words): string {
  if (one.segment === 'Occasional' && one.visits === 0) return one.booked ? words.lists.comingFirst : words.lists.noVisits;
  return words.segments.names[one.segment] ?? one.segment;
}

export function SegmentChip({ segment, visits, booked }: { segment: string; visits?: number; booked?: boolean }) {
  const words = useWords();
  const one = { segment, ...(visits === undefined ? {} : { visits }), ...(booked === undefined ? {} : { booked }) };
  return <span className="chip" title={words.segments.meaning[segment]}><span className={`dot ${segmentClass(segment)}`} />{segmentOf(one, words)}</span>;
}

// A server that does not answer is asked again by itself, ever more patiently while it stays away.
const waits = [5, 10, 20, 30];
let fails = 0, failed_at = 0;

function useRetry(again: (() => void) | undefined): number | null {
  const [left, setLeft] = useState<number | null>(null);
  const retry = useRef(again);
  retry.current = again;
  const wanted = again !== undefined;
  useEffect(() => {
    if (!wanted) return;
    if (Date.now() - failed_at > 60_000) fails = 0;
    if (Date.now() - failed_at > 1000) ++fails;  // several parts of a page fail at once
    failed_at = Date.now();
    let seconds = waits[Math.min(fails, waits.length) - 1] ?? 30;
    setLeft(seconds);
    const timer = window.setInterval(() => {
      setLeft(--seconds);
      if (seconds > 0) return;
      clearInterval(timer);
      failed_at = Date.now() - 1001;
      retry.current?.();
    }, 1000);
    return () => clearInterval(timer);
  }, [wanted]);
  return left;
}

export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const words = useWords();
  const text = error instanceof Unreachable ? words.error.unreachable
    : error instanceof ApiError ? error.message
    : words.error.unknown;
  const left = useRetry(error instanceof Unreachable ? retry : undefined);
  return (
    <div className="problem" role="alert">
      <strong>{words.error.title}</strong>
      <span>{text}</span>
      {retry && <span className="row wrap"><button type="button" className="button" onClick={retry}>{words.error.retry}</button>{left !== null && left > 0 && <span className="small" aria-hidden="true">{words.lists.retryIn(left)}</span>}</span>}
    </div>
  );
}

export function Empty({ icon = 'steam', title, children }: { icon?: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} size={36} />
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** Grey shapes where something will stand, and a word for who cannot see them. */
export function Loading({ lines = 4, height = '1.1rem' }: { lines?: number; height?: string }) {
  const words = useWords();
  return (
    <div className="stack-s" role="status">
      <span className="visually-hidden">{words.loading}</span>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="skeleton" style={{ height, width: `${100 - ((index * 17) % 38)}%` }} />
      ))}
    </div>
  );
}

export function Segmented<T extends string>({ label, value, choices, onChange }: { label: string; value: T; choices: readonly (readonly [T, string])[]; onChange: (value: T) => void }) {
  return (
    <div className="segmented" role="group" aria-label={label}>
      {choices.map(([choice, text]) => (
        <button key={choice} type="button" aria-pressed={choice === value} onClick={() => onChange(choice)}>{text}</button>
      ))}
    </div>
  );
}

/** A details element that closes when one clicks or tabs elsewhere, or presses Escape. */
export function Menu({ button, className = '', children, side = 'down' }: { button: ReactNode; className?: string; children: ReactNode; side?: 'up' | 'down' }) {
  const element = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const elsewhere = (event: Event) => {
      const target = event.target as Node;
      // Focus that falls on what is around the menu is nobody's going elsewhere: a press on its plain text does that.
      if (event.type === 'focusin' && target.contains(element.current)) return;
      if (element.current && !element.current.contains(target)) element.current.open = false;
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !element.current) return;
      event.stopPropagation();
      element.current.open = false;
      element.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', elsewhere);
    document.addEventListener('focusin', elsewhere);
    document.addEventListener('keydown', escape, true);
    return () => {
      document.removeEventListener('pointerdown', elsewhere);
      document.removeEventListener('focusin', elsewhere);
      document.removeEventListener('keydown', escape, true);
    };
  }, [open]);
  return (
    <details ref={element} className="menu" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={className}>{button}</summary>
      {open && <div className={`menu-panel ${side}`} tabIndex={-1}>{children}</div>}
    </details>
  );
}

interface Said {
  text: string;
  act?: { name: string; run: () => void };
}

let say: ((said: Said) => void) | null = null;
/** `act` is offered beside it while it stands: to take back what it tells. */
export const toast = (text: string, act?: Said['act']): void => say?.(act ? { text, act } : { text });

export function Toasts() {
  const [said, setSaid] = useState<Said>({ text: '' });
  useEffect(() => {
    let timer = 0;
    say = (next) => {
      setSaid(next);
      clearTimeout(timer);
      timer = window.setTimeout(() => setSaid({ text: '' }), next.act ? 10_000 : Math.max(3500, next.text.length * 70));
    };
    return () => {
      say = null;
      clearTimeout(timer);
    };
  }, []);
  const { text, act } = said;
  return (
    <div className="toasts" role="status" aria-live="polite">
      {text && <div className="toast">{text}{act && <button type="button" className="toast-act" onClick={() => { setSaid({ text: '' }); act.run(); }}>{act.name}</button>}</div>}
    </div>
  );
}

export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard outside https and localhost: the old way.
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(done);
}

export function Bar({ share, color, label }: { share: number; color?: string; label?: string }) {
  const width = `${Math.max(0, Math.min(1, share)) * 100}%`;
  return <div className="bar" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}><i className={color} style={{ width }} /></div>;
}

export interface Column {
  name: string;
  value: number;
  soft?: boolean;
  title: string;
}

/** Columns of our own SVG; every column says its value when pointed at, and a list tells them to a reader. */
export function Columns({ columns, height = 110, label }: { columns: Column[]; height?: number; label: string }) {
  const top = Math.max(1, ...columns.map((column) => column.value));
  const highest = columns.findIndex((column) => column.value === top);  // one says it for its equals
  const width = 100 / columns.length;
  return (
    <figure aria-label={label} role="group">
      <svg className="columns" height={height + 18} aria-hidden="true">
        {columns.map((column, index) => {
          const tall = column.value <= 0 ? 1 : Math.max(3, (column.value / top) * (height - 16));
          return (
            <svg key={column.name} x={`${index * width}%`} width={`${width}%`} height={height + 18} overflow="visible">
              <rect x="14%" width="72%" y={height - tall} height={tall} rx="3" className={column.soft ? 'soft' : ''}><title>{column.title}</title></rect>
              {index === highest && !column.soft && columns.length <= 12 && column.value > 0 && <text x="50%" y={height - tall - 5}>{column.title.split(': ').pop()}</text>}
              <text x="50%" y={height + 14}>{column.name}</text>
            </svg>
          );
        })}
      </svg>
      <ul className="visually-hidden">{columns.map((column) => <li key={column.name}>{column.title}</li>)}</ul>
    </figure>
  );
}

// A table of any length: only the rows in sight are drawn and asked for. A browser cannot scroll the 40 million pixels
// of a million rows (Chromium ends at 33 million, Firefox at 18), so a longer table is scrolled on a shorter rail:
// small movements move as many pixels as the wheel says, large ones (the thumb) jump to their share of the whole.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { How } from './How';
import { placeOf, setPlace } from './places';

export interface TableColumn<Row> {
  name: string;
  title: string;
  width: number;              // pixels
  numeric?: boolean;
  silent?: boolean;           // a title that is read out but not shown
  sort?: string;              // the name it is sorted by
  how?: string;               // the definition of its figure
  frozen?: boolean;           // stays in sight when the others are scrolled sideways
  cell: (row: Row, index: number) => ReactNode;
}

export interface Page<Row> {
  rows: Row[];
  total: number;
  version: number;            // pages of one version are pages of one table
}

interface Props<Row> {
  label: string;
  /** Everything asked and sorted by: another one is another table, read anew from the top. */
  question: string;
  /** Whose table it is: it is found again where it was left. */
  place: string;
  columns: TableColumn<Row>[];
  ask: (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Row>>;
  rowName: (row: Row) => string;
  open: (row: Row, index: number, total: number) => void;
  /** `range`: all from the one before to this one. */
  select?: (row: Row, index: number, range: boolean) => void;
  selected?: (row: Row) => boolean;
  sorted?: { by: string; descending: boolean };
  sort?: (by: string) => void;
  onActive?: (row: Row | undefined) => void;
  onTotal?: (page: Page<Row>) => void;
  onError?: (error: unknown) => void;
  sortLabel?: (name: string) => string;
  empty: ReactNode;
  describedBy?: string;
}

const row_height = 44;
const rail_most = 8_000_000;  // pixels; under every browser's limit
const page_rows = 100;
const pages_kept = 60;

/** Rows by page, asked for when somebody looks at them; the pages seen longest ago are let go. */
function usePages<Row>({ question, place, ask, onTotal, onError }: Pick<Props<Row>, 'question' | 'place' | 'ask' | 'onTotal' | 'onError'>) {
  const [, redraw] = useState(0);
  const state = useRef({ question: '', pages: new Map<number, Row[]>(), asked: new Map<number, AbortController>(), total: placeOf(place, question)?.total ?? -1, version: -1 });
  const latest = useRef({ ask, onTotal, onError });
  latest.current = { ask, onTotal, onError };

  const need = useCallback((page: number) => {
    const { pages, asked, total } = state.current;
    if (page < 0 || pages.has(page) || asked.has(page) || (total >= 0 && page * page_rows >= total && page > 0)) return;
    const stop = new AbortController();
    asked.set(page, stop);
    latest.current.ask(page * page_rows, page_rows, stop.signal).then(
      (answer) => {
        if (stop.signal.aborted) return;
        asked.delete(page);
        // The data moved: rows of before would stand twice or not at all beside the new ones.
        if (answer.version !== state.current.version) pages.clear();
        state.current.version = answer.version;
        pages.delete(page);
        pages.set(page, answer.rows);
        if (pages.size > pages_kept) pages.delete(pages.keys().next().value as number);
        state.current.total = answer.total;
        latest.current.onTotal?.(answer);
        redraw((count) => count + 1);
      },
      (error: unknown) => {
        asked.delete(page);
        if (!stop.signal.aborted) latest.current.onError?.(error);
      },
    );
  }, []);

  /** What is no longer in sight need not be answered. */
  const only = useCallback((first: number, last: number) => {
    for (const [page, stop] of state.current.asked) {
      if (page >= first && page <= last) continue;
      stop.abort();
      state.current.asked.delete(page);
    }
  }, []);

  useEffect(() => {
    for (const stop of state.current.asked.values()) stop.abort();
    // The old total stands until the new one is known, so that the rail does not collapse and grow.
    state.current = { question, pages: new Map(), asked: new Map(), total: state.current.total, version: -1 };
    need(Math.floor((placeOf(place, question)?.top ?? 0) / row_height / page_rows));
    redraw((count) => count + 1);
  }, [question, place, need]);
  useEffect(() => () => state.current.asked.forEach((stop) => stop.abort()), []);
  return { state: state.current, need, only };
}

export function VirtualTable<Row>(props: Props<Row>) {
  const { columns, question, place, open, select, selected } = props;
  const { state, need, only } = usePages(props);
  const scroller = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(600);
  // Pixels of the whole table above what is in sight, and where on the rail the whole table's beginning stands.
  const [{ top, base }, setView] = useState({ top: 0, base: 0 });
  const [active, setActive] = useState(0);
  const rail = useRef({ last: 0, ours: false, timer: 0, top: 0 });

  const total = Math.max(0, state.total);
  const head = 40;
  const whole = total * row_height;
  const canvas = Math.min(whole, rail_most);
  const scaled = whole > rail_most;
  const room = Math.max(1, height - head);
  const most_top = Math.max(0, whole - room);
  const most_rail = Math.max(1, canvas - room);

  const put = useCallback((next: number) => {
    rail.current.top = next;
    setView({ top: next, base: (scroller.current?.scrollTop ?? 0) - next });
  }, []);
  /** Brings the rail to the place of what is in sight. */
  const settle = () => {
    const element = scroller.current;
    if (!element) return;
    const place = (rail.current.top / Math.max(1, most_top)) * most_rail;
    if (Math.abs(place - element.scrollTop) < 1) return;
    rail.current.ours = true;
    element.scrollTop = place;
    rail.current.last = element.scrollTop;
    put(rail.current.top);
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    setHeight(element.clientHeight);
    return () => watch.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    const left = placeOf(place, question);
    const length = (left?.total ?? 0) * row_height, seen = Math.max(1, (element?.clientHeight ?? 600) - 40);
    let to = left ? Math.max(0, Math.min(left.top, length - seen)) : 0;
    // Whoever went on from one to the next while away finds the last one in sight.
    if (left && (left.active * row_height < to || (left.active + 1) * row_height > to + seen)) to = Math.max(0, Math.min(length - seen, (left.active - 3) * row_height));
    if (element) element.scrollTop = length > rail_most ? (to / Math.max(1, length - seen)) * (rail_most - seen) : to;
    rail.current.last = element?.scrollTop ?? 0;
    put(to);
    setActive(left?.active ?? 0);
  }, [question, place, put]);
  useEffect(() => {
    if (total > 0) setPlace(place, question, { top, active, total });
  }, [place, question, top, active, total]);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const at = element.scrollTop;
    const moved = at - rail.current.last;
    rail.current.last = at;
    if (!scaled) return put(at);
    if (rail.current.ours) {
      rail.current.ours = false;
      return;
    }
    const near = Math.abs(moved) < room * 2;
    if (at <= 0) put(0);
    else if (at >= most_rail) put(most_top);
    else put(near ? Math.max(0, Math.min(most_top, rail.current.top + moved)) : (at / most_rail) * most_top);
    // Small movements take the rail beyond its place; it is put right when the hand rests, or near an end at once.
    clearTimeout(rail.current.timer);
    if (near && (at < 3 * room || at > most_rail - 3 * room)) settle();
    else rail.current.timer = window.setTimeout(settle, 250);
  };
  useEffect(() => () => clearTimeout(rail.current.timer), []);

  const shown_top = Math.min(top, most_top);
  const first = Math.max(0, Math.floor(shown_top / row_height) - 4);
  const last = Math.min(total - 1, Math.ceil((shown_top + room) / row_height) + 4);
  const first_page = Math.floor(first / page_rows), last_page = Math.floor(Math.max(first, last) / page_rows);
  const near_end = last % page_rows >= page_rows / 2;  // the page behind is asked for before it is seen
  useEffect(() => {
    only(first_page - 1, last_page + 1);
    for (let page = first_page; page <= (near_end ? last_page + 1 : last_page); ++page) need(page);
  }, [first_page, last_page, near_end, need, only, question, state.version]);

  const rowAt = (index: number): Row | undefined => state.pages.get(Math.floor(index / page_rows))?.[index % page_rows];

  const active_row = rowAt(active);
  const { onActive } = props;
  useEffect(() => onActive?.(active_row), [active_row, onActive]);

  const show = (index: number) => {
    const element = scroller.current;
    if (!element) return;
    const above = index * row_height, below = above + row_height - room;
    const next = above < shown_top ? above : below > shown_top ? below : null;
    if (next === null) return;
    if (!scaled) {
      element.scrollTop = next;
      return;
    }
    rail.current.top = next;
    put(next);
    settle();
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to));
    setActive(next);
    show(next);
  };
  /** What is opened is the active row, kept before the table goes. */
  const enter = (row: Row, index: number) => {
    setActive(index);
    setPlace(place, question, { top, active: index, total });
    open(row, index, total);
  };
  const keys = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target !== scroller.current) return;
    const screen = Math.max(1, Math.floor(room / row_height) - 1);
    const steps: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + screen, PageUp: active - screen, Home: 0, End: total - 1 };
    const row = active_row;
    if (event.key in steps && !event.altKey) {
      event.preventDefault();
      move(steps[event.key] as number);
    } else if (event.key === 'Enter' && row) {
      event.preventDefault();
      enter(row, active);
    } else if (event.key === ' ' && row && select) {
      event.preventDefault();
      select(row, active, event.shiftKey);
    }
  };

  // Frozen columns stand first, each beside the one before.
  const left_of = (column: TableColumn<Row>) => columns.slice(0, columns.indexOf(column)).reduce((sum, one) => sum + one.width, 0);
  const rows = [];
  for (let index = first; index <= last; ++index) {
    const row = rowAt(index);
    rows.push(
      <div
        key={index} id={`row-${index}`} role="row" aria-rowindex={index + 2} {...(selected ? { 'aria-selected': row ? selected(row) : false } : {})}
        className={`vrow${index === active ? ' active' : ''}${row ? '' : ' loading'}`}
        style={{ transform: `translateY(${(scaled ? base : 0) + index * row_height}px)`, height: row_height }}
        onClick={(event) => { if (!row || (event.shiftKey && select)) setActive(index); if (!row) return; if (event.shiftKey && select) select(row, index, true); else enter(row, index); }}
        {...(select ? { onMouseDown: (event: MouseEvent) => event.shiftKey && event.preventDefault() } : {})}
      >
        {columns.map((column) => (
          <div key={column.name} role="gridcell" className={`${column.numeric ? 'num' : ''}${column.frozen ? ' frozen' : ''}`} style={{ width: column.width, ...(column.frozen ? { left: left_of(column) } : {}) }}>
            {row ? column.cell(row, index) : <span />}
          </div>
        ))}
      </div>,
    );
  }
  const wide = columns.reduce((sum, column) => sum + column.width, 0);

  if (state.total === 0) return <div className="vtable">{props.empty}</div>;
  return (
    <div className="vtable">
      <div
        ref={scroller} className="vtable-scroll" role="grid" tabIndex={0} aria-label={props.label} aria-rowcount={total + 1} aria-colcount={columns.length}
        {...(props.describedBy ? { 'aria-describedby': props.describedBy } : {})} {...(select ? { 'aria-multiselectable': true } : {})}
        {...(total > 0 && active >= first && active <= last ? { 'aria-activedescendant': `row-${active}` } : {})} onScroll={onScroll} onKeyDown={keys}
      >
        <div className="vtable-head" role="row" aria-rowindex={1}>
          {columns.map((column) => {
            const by = column.sort !== undefined && props.sorted?.by === column.sort ? props.sorted : null;
            return (
              <div key={column.name} role="columnheader" className={`${column.numeric ? 'num' : ''}${column.frozen ? ' frozen' : ''}`} style={{ width: column.width, ...(column.frozen ? { left: left_of(column) } : {}) }} {...(by ? { 'aria-sort': by.descending ? 'descending' as const : 'ascending' as const } : {})}>
                {column.sort !== undefined && props.sort
                  ? <button type="button" title={props.sortLabel?.(column.title)} onClick={() => props.sort?.(column.sort as string)}>{column.title}<span aria-hidden="true">{by ? (by.descending ? '↓' : '↑') : ''}</span></button>
                  : column.silent ? <span className="visually-hidden">{column.title}</span> : column.title}
                {column.how && <How id={column.how} name={column.title} />}
              </div>
            );
          })}
        </div>
        <div role="rowgroup" style={{ height: canvas, width: wide, minWidth: '100%', position: 'relative' }}>{rows}</div>
      </div>
    </div>
  );
}

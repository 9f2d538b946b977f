// A table of any length: only the rows in sight are drawn and asked for (where they stand: rail.ts).
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { How } from './How';
import { placeOf, setPlace } from './places';
import { foundAgain, inSight, isAtEnd, isNear, onRail, page_rows, railOf, row_height, scrolledTo, toShow } from './rail';

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
  const moving = useRef({ last: 0, ours: false, timer: 0, top: 0 });

  const total = Math.max(0, state.total);
  const rail = railOf(total, height);

  const put = useCallback((next: number) => {
    moving.current.top = next;
    setView({ top: next, base: (scroller.current?.scrollTop ?? 0) - next });
  }, []);
  /** Brings the rail to the place of what is in sight. */
  const settle = () => {
    const element = scroller.current;
    if (!element) return;
    const place = onRail(rail, moving.current.top);
    if (Math.abs(place - element.scrollTop) < 1) return;
    moving.current.ours = true;
    element.scrollTop = place;
    moving.current.last = element.scrollTop;
    put(moving.current.top);
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
    const before = railOf(left?.total ?? 0, element?.clientHeight ?? 600);
    const to = left ? foundAgain(before, left) : 0;
    if (element) element.scrollTop = onRail(before, to);
    moving.current.last = element?.scrollTop ?? 0;
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
    const moved = at - moving.current.last;
    moving.current.last = at;
    if (rail.scaled && moving.current.ours) {
      moving.current.ours = false;
      return;
    }
    put(scrolledTo(rail, moving.current.top, at, moved));
    if (!rail.scaled) return;
    // Small movements take the rail beyond its place; it is put right when the hand rests, or near an end at once.
    clearTimeout(moving.current.timer);
    if (isNear(rail, moved) && isAtEnd(rail, at)) settle();
    else moving.current.timer = window.setTimeout(settle, 250);
  };
  useEffect(() => () => clearTimeout(moving.current.timer), []);

  const shown_top = Math.min(top, rail.most_top);
  const { first, last, first_page, last_page, wanted_page } = inSight(rail, shown_top, total);
  useEffect(() => {
    only(first_page - 1, last_page + 1);
    for (let page = first_page; page <= wanted_page; ++page) need(page);
  }, [first_page, last_page, wanted_page, need, only, question, state.version]);

  const rowAt = (index: number): Row | undefined => state.pages.get(Math.floor(index / page_rows))?.[index % page_rows];

  const active_row = rowAt(active);
  const { onActive } = props;
  useEffect(() => onActive?.(active_row), [active_row, onActive]);

  const show = (index: number) => {
    const element = scroller.current;
    if (!element) return;
    const next = toShow(rail, shown_top, index);
    if (next === null) return;
    if (!rail.scaled) {
      element.scrollTop = next;
      return;
    }
    moving.current.top = next;
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
    const screen = Math.max(1, Math.floor(rail.room / row_height) - 1);
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
        style={{ transform: `translateY(${(rail.scaled ? base : 0) + index * row_height}px)`, height: row_height }}
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
        <div role="rowgroup" style={{ height: rail.canvas, width: wide, minWidth: '100%', position: 'relative' }}>{rows}</div>
      </div>
    </div>
  );
}

import { useRef, useState } from 'react';
import { ApiError } from '../api/http';
import { useWords, words } from '../i18n/language';
import { csvLine, download } from './csv';
import { Icon } from './icons';
import { toast } from './parts';

/** A list's page, as every list answers it. */
interface Page<Row> {
  rows: Row[];
  total: number;
  next: string | null;   // the cursor of the following page, which the server refuses once the list has moved
}

export interface Sheet<Row> {
  name: string;          // the file's
  titles: string[];
  cells: (row: Row) => Parameters<typeof csvLine>[0];
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;
}

const most_beginnings = 5;

/** The list moved under its reader. */
const moved = (failure: unknown): boolean => failure instanceof ApiError && failure.status === 409;

/** Every page of one version. */
async function walk<Row>(sheet: Sheet<Row>, signal: AbortSignal, progress: (done: number, all: number) => void): Promise<[string[], number]> {
  const parts = [csvLine(sheet.titles)];
  let done = 0;
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: Page<Row> = await sheet.ask(cursor, signal);
    parts.push(page.rows.map((row) => csvLine(sheet.cells(row))).join(''));
    done += page.rows.length;
    cursor = page.next;
    progress(done, page.total);
  }
  return [parts, done];
}

/** Everybody of a list in one file, however many they are: nobody is left out in silence. */
export function Export<Row>({ sheet, label, disabled = false }: { sheet: () => Sheet<Row>; label: string; disabled?: boolean }) {
  const words = useWords();
  const stop = useRef<AbortController | null>(null);
  const [state, setState] = useState<[number, number] | null>(null);
  const start = async () => {
    const { signal } = (stop.current = new AbortController());
    setState([0, 0]);
    try {
      toast(await write(sheet(), signal, (done, all) => setState([done, all])));
    } catch (failure) {
      if (!signal.aborted) toast(failure instanceof Error && failure.message ? failure.message : words.error.unreachable);
    }
    setState(null);
  };
  if (!state) return <button type="button" className="button" disabled={disabled} onClick={start}><Icon name="down" size={17} />{label}</button>;
  return (
    <span className="row"><span className="small" role="status">{words.export.doing(state[0], state[1])}</span>
      <button type="button" className="button" onClick={() => stop.current?.abort()}>{words.export.stop}</button></span>
  );
}

async function write<Row>(sheet: Sheet<Row>, signal: AbortSignal, progress: (done: number, all: number) => void): Promise<string> {
  for (let beginning = 0; beginning < most_beginnings; ++beginning) {
    if (beginning > 0) toast(words().export.anew);
    try {
      const [parts, done] = await walk(sheet, signal, progress);
      download(sheet.name, parts);
      return words().export.done(done);
    } catch (failure) {
      if (!moved(failure)) throw failure;
    }
  }
  return words().export.restless;
}

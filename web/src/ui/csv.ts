// A file that Excel opens as it is: in Spanish its columns are separated by semicolons, as Chile's Excel wants; the
// mark at the beginning says UTF-8.
import { language } from '../i18n/language';

type Cell = string | number | null | undefined;

const separator = (): string => (language() === 'es' ? ';' : ',');

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  let text = String(value);
  // A text that a spreadsheet would take for a formula is told as text; a phone's + is none.
  if (typeof value === 'string' && (/^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d ]+$/.test(text)))) text = `'${text}`;
  return /[";,\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: Cell[]): string => `${cells.map(cell).join(separator())}\r\n`;

export function download(name: string, parts: string[]): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

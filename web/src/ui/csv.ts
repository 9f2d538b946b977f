// A file that Excel and LibreOffice open as it is: in Spanish its columns are separated by semicolons, as Chile's Excel
// wants; the mark at the beginning says UTF-8. Every file the dashboard makes is written here.
import { dayLookedAt } from '../app/router';
import { phone } from '../format';
import { language } from '../i18n/language';

type Cell = string | number | null | undefined;

const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const one_piece_phone = /^\+\d{8,15}$/;
const grouped_phone = /^\+\d{1,3}(?: \d{1,4}){2,}$/;  // apart, its digits are no number to a spreadsheet
const iso_day = /^\d{4}-\d{2}-\d{2}$/;                // a day in every country's Excel, as it should be
const rut = /^\d{1,2}(?:\.\d{3}){2}-[\dkK]$|^\d{7,8}-[\dkK]$/;
const small_number = /^(?:0|[1-9]\d{0,10})$/;         // shown whole
// 0012, 4000123412341234, 1E5, 3-4, 1/2, 1.5: a spreadsheet drops their zeros and digits, or reads a day.
const like_number = /^[\d(.,$][\d\s.,:/()%$eE+-]*$/;
// SEP2, 3-mar, mayo 2020.
const months = 'ene(?:ro)?|feb(?:rero|ruary)?|mar(?:zo|ch)?|abr(?:il)?|apr(?:il)?|mayo?|june?|junio|july?|julio|ago(?:sto)?|aug(?:ust)?|sept?(?:iembre|ember)?|oct(?:ubre|ober)?|nov(?:iembre|ember)?|dic(?:iembre)?|dec(?:ember)?|jan(?:uary)?';
const like_month = new RegExp(`^(?:\\d{1,4}[\\s./-]?(?:${months})|(?:${months})[\\s./-]?\\d{1,4})(?:[\\s./-]?\\d{1,4})?$`, 'i');

/** Whether a spreadsheet would make something else of a text than what it says. */
function misread(text: string): boolean {
  if (grouped_phone.test(text) || iso_day.test(text) || rut.test(text) || small_number.test(text)) return false;
  return formula.test(text) || like_number.test(text) || like_month.test(text);
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  let text = String(value);
  if (typeof value === 'number') {
    if (language() === 'es') text = text.replace('.', ',');
  } else {
    if (one_piece_phone.test(text)) text = phone(text);
    if (misread(text)) text = `'${text}`;
  }
  return /[";,\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: Cell[]): string => `${cells.map(cell).join(language() === 'es' ? ';' : ',')}\r\n`;

/** clientes-2024-03-14.csv: of the day that is looked at. */
export const fileName = (list: string): string => `${list}-${dayLookedAt()}.csv`;

export function download(name: string, parts: string[]): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', ...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

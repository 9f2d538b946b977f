// One locale a language: $680.000, 1.460, 99,4 % and $680,000, 1,460, 99.4%. Moments come as local wall-clock texts and are
// never turned into the browser's time.
import { number } from './i18n/counts';
import { language, words } from './i18n/language';

export { number } from './i18n/counts';

const ones = { es: new Intl.NumberFormat('es-CL', { maximumFractionDigits: 1 }), en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }) };
const short_months = {
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sept', 'oct', 'nov', 'dic'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

export const decimal = (value: number): string => ones[language()].format(value);
export const pesos = (value: number): string => `${value < 0 ? '-' : ''}$${number(Math.abs(value))}`;

/** $2,7 mil mill. is unreadable at a glance: $2.687 M. */
export function shortPesos(value: number): string {
  if (value < 0) return `-${shortPesos(-value)}`;
  if (value >= 10_000_000) return `$${number(Math.round(value / 1_000_000))} M`;
  if (value >= 1_000_000) return `$${decimal(value / 1_000_000)} M`;
  return pesos(value);
}

/** Millions by their name, for a sentence or a column of them: $2.755 millones, $0,4 millones. */
export function millions(value: number): string {
  const many = Math.abs(value) / 1_000_000;
  return `${value < 0 ? '-' : ''}$${many >= 10 ? number(Math.round(many)) : decimal(many)} ${words().lists.millions}`;
}

/** Millions where many stand side by side, all in one unit: $2.755,1 M, $0,4 M. */
export const inMillions = (value: number): string => words().lists.cellMoney(decimal(value / 1_000_000));

/** What somebody writes for an amount: 200.000, $200.000, 200000, 200 mil, 1,5 millones. Null when it is none. */
export function readPesos(text: string): number | null {
  const plain = text.trim().toLowerCase().replace(/^(clp|\$)\s*/, '').replace(/\s*(clp|pesos)$/, '');
  const match = /^(\d{1,3}(?:([.,\s\u00a0])\d{3})(?:\2\d{3})*|\d+(?:[.,]\d{1,2})?)\s*(mil|k|mm|m|mill\.?|mill[oó]n|millones|millions?|thousand)?$/.exec(plain);
  if (!match) return null;
  const grouped = match[2] !== undefined;
  const amount = Number(grouped ? (match[1] as string).replace(/\D/g, '') : (match[1] as string).replace(',', '.'));
  const unit = match[3] === undefined ? 1 : /^(mil|k|thousand)$/.test(match[3]) ? 1_000 : 1_000_000;
  const pesos = amount * unit;
  return Number.isSafeInteger(pesos) ? pesos : null;
}

/** 27,3 % and 27.3%: the space does not break. */
export const asPercent = (value: number): string => `${decimal(value)}${language() === 'es' ? '\u00a0%' : '%'}`;
export const percent = (part: number, all: number): string => asPercent(all === 0 ? 0 : (100 * part) / all);

export const shortMonth = (month: number): string => short_months[language()][month] ?? '';

function parts(moment: string): { year: number; month: number; day: number; time: string } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}))?/.exec(moment);
  if (!match) return null;
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]), time: match[4] ?? '' };
}

export function day(moment: string | null | undefined): string {
  const at = moment ? parts(moment) : null;
  return at ? `${at.day} ${shortMonth(at.month - 1)} ${at.year}` : '–';
}

export function monthYear(moment: string | null | undefined): string {
  const at = moment ? parts(moment) : null;
  return at ? `${shortMonth(at.month - 1)} ${at.year}` : '–';
}

export const clock = (moment: string | null | undefined): string => {
  const time = (moment && parts(moment)?.time) || '';
  return time === '00:00' ? '' : time;
};

export const year = (moment: string): number => parts(moment)?.year ?? 0;

/** Calendar days from one civil date to another. */
export function daysBetween(from: string, to: string): number {
  const a = parts(from), b = parts(to);
  if (!a || !b) return 0;
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / 86_400_000);
}

/** The same day so many months earlier, cut to the month's length. */
export function monthsBefore(date: string, months: number): string {
  const at = parts(date);
  if (!at) return date;
  const first = new Date(Date.UTC(at.year, at.month - 1 - months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(at.day, last));
  return first.toISOString().slice(0, 10);
}

/** Months complete by the calendar; `grace` days more are allowed them. */
function completeMonths(from: string, to: string, grace: number): number {
  const a = parts(from), b = parts(to);
  if (!a || !b) return 0;
  const end = new Date(Date.UTC(b.year, b.month - 1, b.day + grace)).toISOString().slice(0, 10), last = parts(end) ?? b;
  const months = (last.year - a.year) * 12 + last.month - a.month;
  return monthsBefore(from.slice(0, 10), -months) > end ? months - 1 : months;
}

/** How long ago, in what of it is complete by the calendar, as the server says it (src/base/spoken.h): an anniversary
    that is tomorrow counts. */
export function ago(from: string, to: string): string {
  const { years, months, days } = completed(from, to);
  return years >= 1 ? words().ago.years(years) : months >= 1 ? words().ago.months(months) : words().ago.days(days);
}

const completed = (from: string, to: string) => ({ years: Math.floor(completeMonths(from, to, 1) / 12), months: completeMonths(from, to, 0), days: daysBetween(from, to) });

/** The same span without its "ago": 4 años, 15 meses, 20 días. Months are told up to two years. */
export function howLong(from: string, to: string): string {
  const { years, months, days } = completed(from, to), { span } = words().lists;
  return years >= 2 ? span.years(years) : months >= 1 ? span.months(months) : span.days(days);
}

// Countries of one digit and of two; every other has three.
const calling_code = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])(?=\d{7})|^\+(\d{3})(?=\d{7})/;
const digit_groups: Record<number, number[]> = { 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4], 11: [3, 4, 4], 12: [4, 4, 4] };

/** +56 9 8765 4321, +54 911 5555 1234 */
export function phone(value: string | null | undefined): string {
  if (!value) return '';
  const mobile = /^\+569(\d{4})(\d{4})$/.exec(value);
  if (mobile) return `+56 9 ${mobile[1]} ${mobile[2]}`;
  const fixed = /^\+56(\d{1,2})(\d{3,4})(\d{4})$/.exec(value);
  if (fixed) return `+56 ${fixed[1]} ${fixed[2]} ${fixed[3]}`;
  const code = /^\+\d+$/.test(value) ? calling_code.exec(value)?.[0] : undefined;
  const rest = code ? value.slice(code.length) : '';
  let at = 0;
  const groups = digit_groups[rest.length]?.map((length) => rest.slice(at, (at += length)));
  return code && groups ? [code, ...groups].join(' ') : value;
}

/** 12.345.678-5 */
export function rut(value: string | null | undefined): string {
  if (!value) return '';
  const match = /^(\d{7,8})-([\dkK])$/.exec(value);
  return match ? `${(match[1] as string).replace(/\B(?=(\d{3})+$)/g, '.')}-${match[2]}` : value;
}

export const initials = (name: string): string =>
  name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]?.toLocaleUpperCase('es') ?? '').join('');

// Numbers as the language writes them (1.460 and 1,460), and nouns that agree with them.
import { language } from './language';

const plain = { es: new Intl.NumberFormat('es-CL', { maximumFractionDigits: 0 }), en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }) };

/** 1.460: Intl leaves four digits ungrouped in Spanish. */
export function number(value: number): string {
  const text = plain[language()].format(value);
  return /^-?\d{4}$/.test(text) ? text.replace(/(\d)(\d{3})$/, '$1.$2') : text;
}

export const many = (value: number, one: string, more: string): string => `${number(value)} ${value === 1 ? one : more}`;

const half_day = 12 * 60;

/** A service's minutes as people say them: a stay by its nights, the rest by hours and minutes. */
export function spoken(value: number, and: string, night: [string, string], hour: [string, string], minute: [string, string]): string {
  if (value >= half_day) return many(Math.max(1, Math.round(value / (2 * half_day))), ...night);
  const parts: [number, [string, string]][] = [[Math.floor(value / 60), hour], [value % 60, minute]];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => many(count, ...unit)).join(and);
}

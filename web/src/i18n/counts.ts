// Numbers as Chile's receipts write them, in English as English does, and nouns that agree with them.
const plain = new Intl.NumberFormat('es-CL', { maximumFractionDigits: 0 });
const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 1.460: Intl leaves four digits ungrouped in Spanish. */
export function number(value: number): string {
  if (document.documentElement.lang === 'en') return english.format(value);
  const text = plain.format(value);
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

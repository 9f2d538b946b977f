// Whom a list of people shows, as its address says it: one reading for every list.
import type { api } from '../../api/generated';
import { useAddress, useAsOf } from '../../app/router';
import { day, millions, number, pesos } from '../../format';
import type { Words } from '../../i18n/es';

export type Filters = Omit<Parameters<typeof api.people_table>[0] & object, 'limit' | 'offset' | 'cursor' | 'ids'>;

/** The address's names, and what of them the server does not take: nothing is asked with them. */
export const filter_names = ['segment', 'r', 'f', 'm', 'months', 'visits', 'spent', 'channel', 'city', 'quiet', 'since', 'was'] as const;
type Name = (typeof filter_names)[number];

export const ranges = { months: [1, 240], visits: [0, 1_000_000], spent: [0, 1_000_000_000_000], quiet: [1, 3650], r: [0, 5], f: [0, 5], m: [0, 5] } as const satisfies Partial<Record<Name, readonly [number, number]>>;

export const inRange = (name: keyof typeof ranges, value: number): boolean => Number.isInteger(value) && value >= ranges[name][0] && value <= ranges[name][1];

export function filtersOf(query: URLSearchParams, asOf: string | undefined, first: { order: string; months?: number }): Filters {
  const text = (name: Name | 'order' | 'up') => query.get(name) || undefined;
  // What an address cannot mean filters nothing; the field beside it says what it takes.
  const count = (name: keyof typeof ranges) => (query.get(name) && inRange(name, Number(query.get(name))) ? Number(query.get(name)) : undefined);
  const since = /^\d{4}-\d{2}-\d{2}$/.test(query.get('since') ?? '') ? text('since') : undefined;
  const all = {
    order: text('order') ?? first.order, descending: text('up') === undefined, segment: text('segment'), recency: count('r'), frequency: count('f'), monetary: count('m'),
    months: count('months') ?? first.months, min_visits: count('visits'), min_spent: count('spent'), channel: text('channel'), ciudad: text('city'), unwritten_days: count('quiet'),
    since, was: since ? text('was') : undefined, as_of: asOf,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Filters;
}

export function useFilters(first: { order: string; months?: number }): Filters {
  const { query } = useAddress();
  return filtersOf(query, useAsOf(), first);
}

export interface Chip {
  names: Name[];
  text: string;
}

/** Each filter in words, as one would say it. */
export function chipsOf(query: URLSearchParams, words: Words, but: readonly Name[] = []): Chip[] {
  const { lists } = words;
  const out: Chip[] = [];
  const say = (name: Name, text: (value: string) => string) => {
    const value = query.get(name);
    if (value && !but.includes(name)) out.push({ names: [name], text: text(value) });
  };
  const since = query.get('since');
  say('segment', (value) => words.segments.names[value] ?? value);
  say('r', (value) => lists.scoreChip(words.guest.recency, value));
  say('f', (value) => lists.scoreChip(words.guest.frequency, value));
  say('m', (value) => lists.scoreChip(words.guest.monetary, value));
  say('months', (value) => lists.awayChip(number(Number(value))));
  say('visits', (value) => lists.visitsChip(number(Number(value))));
  say('spent', (value) => lists.spentChip(Number(value) >= 10_000_000 ? millions(Number(value)) : pesos(Number(value))));
  say('channel', (value) => lists.channelChip(words.people.channels[value] ?? value));
  say('city', (value) => value);
  say('quiet', (value) => lists.quietChip(number(Number(value))));
  if (since && !but.includes('since')) {
    const was = query.get('was');
    out.push({ names: ['since', 'was'], text: was ? lists.wasChip(words.segments.names[was] ?? was, day(since)) : lists.newChip(day(since)) });
  }
  return out;
}

import { dayLookedAt, setQuery, useAddress } from '../../app/router';
import { day, monthsBefore } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { Segmented } from '../../ui/parts';

export type Choice = 'year' | 'quarter' | 'thisYear' | 'ahead' | 'other';
export interface Asked {
  from?: string;
  to?: string;
  as_of?: string;
}

const dayBefore = (date: string): string => {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
};
const daysAfter = (date: string, days: number): string => {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

/** The days that a choice stands for; none: the server's own, twelve whole months. */
function daysOf(choice: Choice, from: string | null, to: string | null): Pick<Asked, 'from' | 'to'> {
  const now = dayLookedAt(), month = `${now.slice(0, 7)}-01`;
  switch (choice) {
    case 'year': return {};
    case 'quarter': return { from: monthsBefore(month, 3), to: dayBefore(month) };
    case 'thisYear': return { from: `${now.slice(0, 4)}-01-01`, to: now };
    case 'ahead': return { from: now, to: daysAfter(now, 27) };
    case 'other': return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
}

/** The span that the page's address names. */
export function useSpan(): { choice: Choice; asked: Asked; key: string } {
  const { query } = useAddress();
  const from = query.get('desde'), to = query.get('hasta'), named = query.get('periodo');
  const choice: Choice = from || to || named === 'other' ? 'other' : named === 'quarter' || named === 'thisYear' || named === 'ahead' ? named : 'year';
  const asOf = query.get('as_of');
  const asked = { ...daysOf(choice, from, to), ...(asOf ? { as_of: asOf } : {}) };
  return { choice, asked, key: [asked.from, asked.to, asked.as_of].map((one) => one ?? '').join(' ') };
}

export function SpanChoice({ ahead = false, shown }: { ahead?: boolean; shown: { desde: string | null; hasta: string | null } | undefined }) {
  const words = useWords();
  const w = words.owner;
  const { choice } = useSpan();
  const { query } = useAddress();
  const choices: [Choice, string][] = [['year', w.year], ['quarter', w.quarter], ['thisYear', w.thisYear], ...(ahead ? [['ahead', w.ahead] as [Choice, string]] : []), ['other', w.other]];
  const choose = (next: Choice) => setQuery({ periodo: next === 'year' ? undefined : next, desde: undefined, hasta: undefined });
  return (
    <div className="span-choice">
      <div className="row wrap no-print">
        <Segmented label={w.span} value={choice} choices={choices} onChange={choose} />
        {choice === 'other' && (
          <span className="row wrap">
            <label className="row small">{w.from}<input className="input" type="date" min="1990-01-01" value={query.get('desde') ?? shown?.desde ?? ''} onChange={(event) => setQuery({ desde: event.target.value || undefined })} /></label>
            <label className="row small">{w.to}<input className="input" type="date" min="1990-01-01" value={query.get('hasta') ?? shown?.hasta ?? ''} onChange={(event) => setQuery({ hasta: event.target.value || undefined })} /></label>
          </span>
        )}
        <button type="button" className="button tight" onClick={() => print()}><Icon name="print" size={16} />{w.print}</button>
      </div>
      <p className="small muted" role="status">{shown?.desde && shown.hasta ? w.between(day(shown.desde), day(shown.hasta)) : words.loading}</p>
    </div>
  );
}

import { api, type CurrentMatch } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useAsOf } from '../../app/router';
import { phone } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { copyText, Empty, Link } from '../../ui/parts';
import { BookThere } from './BookThere';

/** Nobody answers to what was typed: who comes near it, and what was typed to take along to the booking system. */
export function Nobody({ query }: { query: string }) {
  const words = useWords();
  const asOf = useAsOf();
  // The longest words tell most; of a number its last four digits.
  const digits = query.replace(/\D/g, '');
  const parts = query.split(/\s+/).filter((word) => word.length >= 3 && !/\d/.test(word)).sort((a, b) => b.length - a.length).slice(0, 2);
  if (digits.length > 4) parts.push(digits.slice(-4));
  const asked = parts.filter((part) => part !== query);
  const { data } = useQuery(asked.length > 0 ? `near ${asOf ?? ''} ${asked.join(' ')}` : null, async (signal) => {
    const answers = await Promise.all(asked.map((part) => api.search_customers({ query: part, source: 'current', limit: 3, ...(asOf ? { as_of: asOf } : {}) }, { signal })));
    const all = new Map<number, CurrentMatch>();
    for (const answer of answers) for (const one of answer.current_matches) all.set(one.id, one);
    return [...all.values()].slice(0, 5);
  });
  return (
    <Empty icon="desk" title={words.desk.none}>
      <span>{words.desk.noneHint}</span>
      <button type="button" className="button" onClick={() => copyText(query, words.guest.copied)}><Icon name="copy" size={16} />{words.lists.copyTyped}</button>
      <BookThere />
      {data && data.length > 0 && (
        <div className="near">
          <h2 className="label">{words.lists.didYouMean}</h2>
          <ul className="recent">{data.map((one) => <li key={one.id}><Link to={`/clientes/${one.id}`}>{one.nombre || '–'} <span className="tiny muted">{phone(one.telefono)}</span></Link></li>)}</ul>
        </div>
      )}
    </Empty>
  );
}

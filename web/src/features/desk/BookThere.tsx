import { session } from '../../app/session';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';

/** To the booking system's own page, where the house has said which; nothing of a guest goes along. */
export function BookThere() {
  const words = useWords();
  const to = session.current()?.booking_url;
  if (!to) return null;
  return <a className="button" href={to} target="_blank" rel="noopener noreferrer"><Icon name="note" size={16} />{words.lists.bookThere}</a>;
}

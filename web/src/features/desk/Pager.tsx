import { useEffect } from 'react';
import { api, type PeopleTable } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { go, href, type Walk } from '../../app/router';
import { number } from '../../format';
import { useWords } from '../../i18n/language';
import { keepPlace } from '../../ui/places';
import { Icon } from '../../ui/icons';

const page_rows = 25;

/** The list's people around `at`; one more on each side, so that the next is always known. */
function useNeighbours(walk: Walk): (index: number) => number | undefined {
  const from = Math.max(0, Math.floor(walk.at / page_rows) * page_rows - 1);
  const { data } = useQuery<PeopleTable>(
    walk.ids ? null : `walk ${JSON.stringify(walk.filters)} ${from}`,
    (signal) => api.people_table({ ...walk.filters, offset: from, limit: page_rows + 2 }, { signal }), true,
  );
  return (index) => (walk.ids ? walk.ids[index] : data?.customers[index - from]?.id);
}

/** From one guest of a list to the next, and back to the list where it was left. */
export function Pager({ walk }: { walk: Walk }) {
  const words = useWords();
  const idAt = useNeighbours(walk);
  const move = (index: number) => {
    const id = index >= 0 && index < walk.total ? idAt(index) : undefined;
    if (id === undefined) return;
    if (!walk.ids) keepPlace(walk.back, index);
    go(href(`/clientes/${id}`), true, { ...walk, at: index });
  };
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      if (target.matches('input, textarea, select') || document.querySelector('dialog[open], :popover-open')) return;
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (step === undefined) return;
      event.preventDefault();
      move(walk.at + step);
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  });
  return (
    <nav className="pager no-print" aria-label={words.lists.walk}>
      <button type="button" className="button quiet" onClick={() => history.back()}><Icon name="back" size={17} />{words.lists.backToList}</button>
      <span className="row">
        <button type="button" className="button icon tight" disabled={walk.at <= 0} aria-label={words.lists.before} title={`${words.lists.before} (K)`} onClick={() => move(walk.at - 1)}>←</button>
        <span className="small strong" role="status">{words.lists.place(number(walk.at + 1), number(walk.total))}</span>
        <button type="button" className="button icon tight" disabled={walk.at + 1 >= walk.total} aria-label={words.lists.after} title={`${words.lists.after} (J)`} onClick={() => move(walk.at + 1)}>→</button>
      </span>
    </nav>
  );
}

import type { SourceStatus } from '../api/generated';
import { useSources } from '../api/useSources';
import { day } from '../format';
import { useWords } from '../i18n/language';
import { Icon } from '../ui/icons';
import { forPeople } from '../ui/loss';
import { today } from './router';

const every_ms = 15_000;

/** On every page while a source cannot be read: since when, and of when what one sees is. */
export function Stale() {
  const words = useWords();
  const down = (useSources(every_ms).data?.sources ?? []).filter((source) => !source.ok);
  const name = (source: SourceStatus) => words.sources.names[source.name] ?? source.name;
  const since = (moment: string) => (moment.startsWith(today()) ? words.sources.hour(moment.slice(11, 16)) : words.sources.day(day(moment), moment.slice(11, 16)));
  return (
    <div role="status">
      {down.map((source) => (
        <p key={source.name} className="stale-banner">
          <Icon name="warn" size={17} />
          <span><b>{source.last_good ? words.sources.since(name(source), since(source.last_good)) : words.sources.never(name(source))}</b> {forPeople(source.detail ?? '')}</span>
        </p>
      ))}
    </div>
  );
}

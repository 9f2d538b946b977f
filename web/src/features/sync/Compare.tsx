import type { DuplicateView } from '../../api/generated';
import { useWords } from '../../i18n/language';
import { Evidence } from '../../ui/Evidence';
import { useSide } from './Duplicates';
import { Pair } from './Pair';
import './sync.css';

/** Two of today's customers beside each other, with what speaks for and against their being one. */
export default function Compare({ view }: { view: DuplicateView }) {
  const words = useWords();
  const side = useSide();
  return (
    <>
      <Pair left={side(view.kept, words.decisions.keeps)} right={side(view.other, words.decisions.joins)} />
      <details className="more"><summary>{words.sync.evidence}</summary><Evidence explanation={view} /></details>
    </>
  );
}

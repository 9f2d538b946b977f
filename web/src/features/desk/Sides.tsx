import { useEffect, useRef, useState, type ReactNode } from 'react';
import { remember, remembered } from '../../app/settings';
import { useWords } from '../../i18n/language';

/** Its own height, for the style that keeps the shorter of two columns in sight while one reads on in the other. */
function useOwnHeight() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const own = element.current;
    if (!own) return;
    const watch = new ResizeObserver(() => own.style.setProperty('--own', `${own.offsetHeight}px`));
    watch.observe(own);
    return () => watch.disconnect();
  }, []);
  return element;
}

/** What happened beside what to do; alone where there is nothing to do. */
export function Sides({ main, side }: { main: ReactNode; side: ReactNode }) {
  const left = useOwnHeight(), right = useOwnHeight();
  return (
    <div className={side ? 'guest-columns' : 'stack'}>
      <div className="stack" ref={left}>{main}</div>
      {side && <div ref={right}>{side}</div>}
    </div>
  );
}

const tabs = ['attend', 'know'] as const;
type Tab = (typeof tabs)[number];

/** Two sides of a guest; both are printed. */
export function Tabs({ attend, know }: Record<Tab, ReactNode>) {
  const words = useWords();
  const [shown, setShown] = useState<Tab>(() => remembered<Tab>('guest.tab', 'attend'));
  const row = useRef<HTMLDivElement>(null);
  const choose = (tab: Tab) => {
    setShown(tab);
    remember('guest.tab', tab);
  };
  const other = (event: React.KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    choose(shown === 'attend' ? 'know' : 'attend');
    row.current?.querySelector<HTMLElement>('[aria-selected=false]')?.focus();
  };
  return (
    <div className="stack">
      <div className="tabs no-print" role="tablist" aria-label={words.lists.tabs} ref={row} onKeyDown={other}>
        {tabs.map((tab) => (
          <button key={tab} type="button" role="tab" id={`tab-${tab}`} aria-selected={shown === tab} aria-controls={`side-${tab}`} tabIndex={shown === tab ? 0 : -1} onClick={() => choose(tab)}>{words.lists[tab]}</button>
        ))}
      </div>
      {tabs.map((tab) => <div key={tab} id={`side-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`} className="tab-panel stack" hidden={shown !== tab}>{tab === 'attend' ? attend : know}</div>)}
    </div>
  );
}

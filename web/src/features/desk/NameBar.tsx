import { useEffect, useRef, type ReactNode } from 'react';
import { initials, phone } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon } from '../../ui/icons';
import { copyText, segmentClass } from '../../ui/parts';
import type { Message } from './Offer';

/** Who it is and how to reach them, in sight however far down one reads. */
export function NameBar({ who, segment, message, children }: { who: { nombre: string; telefono: string | null }; segment: string; message: Message; children?: ReactNode }) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.code === 'KeyP') {
        event.preventDefault();
        print();
      } else if (event.code === 'KeyC' && message.text) {
        event.preventDefault();
        void copyText(message.text, words.guest.copied);
      }
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [message.text, words]);
  return (
    <header className="guest-bar">
      <span className={`face ${segmentClass(segment)}`} aria-hidden="true">{initials(who.nombre)}</span>
      <div className="guest-who">
        <h1 className={who.nombre.length > 40 ? 'guest-name long' : 'guest-name'} ref={heading} tabIndex={-1}>{who.nombre || '–'}</h1>
        {children}
      </div>
      <div className="guest-reach no-print">
        {who.telefono && <a className="button tight" href={`tel:${who.telefono}`}><Icon name="phone" size={15} /><span>{phone(who.telefono)}</span></a>}
        {message.pending && message.writable && who.telefono && <span className="button tight" aria-hidden="true"><Icon name="chat" size={15} /><span className="wide-only">WhatsApp</span></span>}
        {message.whatsapp && <a className="button tight" href={message.whatsapp} target="_blank" rel="noreferrer noopener" aria-label={words.guest.sendWhatsapp} title={words.guest.sendWhatsapp}><Icon name="chat" size={15} /><span className="wide-only">WhatsApp</span></a>}
        {(message.text || message.pending) && <button type="button" className="button tight" disabled={!message.text} aria-label={words.guest.copyMessage} title={`${words.guest.copyMessage} (Alt C)`} onClick={() => copyText(message.text, words.guest.copied)}><Icon name="copy" size={15} /><span className="wide-only">{words.lists.messageShort}</span></button>}
        <button type="button" className="button icon tight" aria-label={words.guest.print} title={`${words.guest.print} (Alt P)`} onClick={() => print()}><Icon name="print" size={16} /></button>
      </div>
    </header>
  );
}

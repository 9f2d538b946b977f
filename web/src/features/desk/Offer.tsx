import { useMemo, useState } from 'react';
import { api, type CustomerOffer, type CustomerProfile } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useActs } from '../../app/acts';
import { useAsOf } from '../../app/router';
import { session } from '../../app/session';
import { asPercent, pesos } from '../../format';
import { language, useWords, type Language } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { copyText, Loading, Problem, Segmented } from '../../ui/parts';

const digits = (telephone: string) => telephone.replace(/\D/g, '');

/** What to write to a guest: one question for the card and for the buttons over the page. */
export function useMessage(profile: CustomerProfile | undefined, offer: CustomerOffer | undefined, tongue: Language): Message {
  const asOf = useAsOf();
  const id = profile?.customer_id;
  const wanted = id !== undefined && !profile?.basic_info.es_staff && !!offer;
  const query = useQuery(wanted ? `proposal ${id} ${tongue} ${asOf ?? ''}` : null,
    (signal) => api.draft_proposal({ customer_id: id as number, language: tongue, ...(asOf ? { as_of: asOf } : {}) }, { signal }), true);
  const text = query.data?.mensaje ?? '';
  const pending = id !== undefined && !profile?.basic_info.es_staff && (!offer || (wanted && !query.data && !query.error));
  return { text, whatsapp: whatsappOf(profile?.basic_info.telefono, offer, text), pending, writable: profile?.contacto.channels.includes('whatsapp') ?? false, gift: query.data?.hechos.regalo ?? null, error: query.error, reload: query.reload };
}

export interface Message {
  text: string;
  whatsapp: string | null;
  pending: boolean;      // it is not known yet whether there is one
  writable: boolean;     // by WhatsApp, once it is there
  gift: string | null;
  error: unknown;
  reload: () => void;
}

/** Where the message is ready to be sent, if it may be. */
export function whatsappOf(telephone: string | null | undefined, offer: CustomerOffer | undefined, text: string): string | null {
  return telephone && offer?.channels.includes('whatsapp') && text ? `https://wa.me/${digits(telephone)}?text=${encodeURIComponent(text)}` : null;
}

/** Copying from the palette and by its key, whichever tab is in sight. */
export function useMessageActs(message: Message): void {
  const words = useWords();
  const { text } = message;
  useActs(useMemo(() => [
    ...(text ? [{ name: words.guest.copyMessage, keys: 'Alt C', run: () => void copyText(text, words.guest.copied) }] : []),
    { name: words.guest.print, keys: 'Alt P', run: () => print() },
  ], [text, words]));
}

function MessageText({ text, tongue }: { text: string; tongue: Language }) {
  const words = useWords();
  const [whole, setWhole] = useState(false);
  return (
    <div className="stack-s">
      <blockquote className={whole ? 'message' : 'message short'} lang={tongue} aria-labelledby="message" tabIndex={0}>{text}</blockquote>
      <button type="button" className="link start" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? words.lists.lessText : words.lists.allText}</button>
    </div>
  );
}

function Price({ offer, gift, pending }: { offer: CustomerOffer; gift: string | null | undefined; pending: boolean }) {
  const words = useWords();
  const spanish = language() === 'es';
  return (
    <>
      <ul className="stack-s">
        {offer.items.map((item) => (
          <li key={item.servicio_id} className="offer-item">
            <Icon name="gift" size={18} />
            <span className="grow"><b>{item.servicio_nombre}</b>{item.duracion > 0 && <span className="muted"> · {words.guest.minutes(item.duracion)}</span>}<br /><span className="tiny muted">{spanish ? item.motivo : item.motivo_en}</span></span>
            <span className="num small">{pesos(item.precio)}<br /><span className="tiny muted">{words.guest.priceFor(item.personas, item.noches)}{item.unidad === 'por_persona' && item.personas > 1 && <><br />{words.guest.each(pesos(item.precio_unitario))}</>}</span></span>
          </li>
        ))}
        {pending && <li className="offer-item" aria-hidden="true"><span className="small">&nbsp;</span></li>}
        {gift && <li className="offer-item"><Icon name="check" size={18} /><span>{gift} <span className="muted">· {words.guest.gift}</span></span></li>}
      </ul>
      <p className="offer-price"><span className="small muted">{words.guest.offerPrice}, {words.guest.priceFor(offer.personas, 0)} <How id="unidad" name={words.guest.offerPrice} /></span><span><s className="muted small">{pesos(offer.precio_lista)}</s> <b>{pesos(offer.precio_final)}</b> <span className="tag warm">{words.guest.discount(asPercent(offer.descuento_porcentaje))}</span></span></p>
    </>
  );
}

/** What to offer and write to a guest: today's, or one of the old files. Whoever comes today is written to, and sold nothing. */
export function Offer({ offer, message, tongue, setTongue, who }: { offer: CustomerOffer; message: Message; tongue: Language; setTongue: (tongue: Language) => void; who: { telefono: string | null; email: string | null } }) {
  const words = useWords();
  const sells = offer.items.length > 0;
  return (
    <section className="card offer" aria-labelledby="offer">
      <header><h2 id="offer">{sells ? words.guest.offer : words.guest.expected}</h2><span className="tiny muted">{sells || offer.descuento_porcentaje === 0 ? language() === 'es' ? offer.motivo : offer.motivo_en : words.guest.noOffer}</span></header>
      {sells && <Price offer={offer} gift={message.gift} pending={message.pending} />}
      <div className="stack-s no-print">
        <span className="row wrap between"><span className="label" id="message">{words.guest.message}</span><Segmented label={words.guest.messageLanguage} value={tongue} choices={[['es', 'Español'], ['en', 'English']]} onChange={setTongue} /></span>
        {message.error ? <Problem error={message.error} retry={message.reload} /> : message.text ? <MessageText text={message.text} tongue={tongue} /> : <Loading lines={5} />}
        <div className="row wrap">
          <button type="button" className="button primary" disabled={!message.text} onClick={() => copyText(message.text, words.guest.copied)}><Icon name="copy" size={16} />{words.guest.copyMessage}</button>
          {message.whatsapp && <a className="button" href={message.whatsapp} target="_blank" rel="noreferrer noopener"><Icon name="chat" size={16} />{words.guest.sendWhatsapp}</a>}
        </div>
        {offer.channels.length === 0 && <p className="tiny muted">{who.telefono || who.email || !session.may('contacts') ? words.guest.doNotWrite : words.guest.noWay}</p>}
      </div>
    </section>
  );
}

import { useMemo, useState } from 'react';
import { api, type CustomerOffer, type CustomerProfile } from '../../api/generated';
import { useQuery } from '../../api/useQuery';
import { useActs } from '../../app/acts';
import { useAsOf } from '../../app/router';
import { pesos } from '../../format';
import { language, useWords, type Language } from '../../i18n/language';
import { How } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { copyText, Loading, Problem, Segmented } from '../../ui/parts';

const digits = (telephone: string) => telephone.replace(/\D/g, '');

/** What to write to a guest: one question for the card and for the buttons over the page. */
export function useMessage(profile: CustomerProfile | undefined, offer: CustomerOffer | undefined, tongue: Language) {
  const asOf = useAsOf();
  const id = profile?.customer_id;
  const wanted = id !== undefined && !profile?.basic_info.es_staff && !!offer && offer.items.length > 0;
  const query = useQuery(wanted ? `proposal ${id} ${tongue} ${asOf ?? ''}` : null,
    (signal) => api.draft_proposal({ customer_id: id as number, language: tongue, ...(asOf ? { as_of: asOf } : {}) }, { signal }), true);
  const text = query.data?.mensaje ?? '';
  const telephone = profile?.basic_info.telefono;
  const whatsapp = telephone && offer?.channels.includes('whatsapp') && text ? `https://wa.me/${digits(telephone)}?text=${encodeURIComponent(text)}` : null;
  const pending = id !== undefined && !profile?.basic_info.es_staff && (!offer || (wanted && !query.data && !query.error));
  return { query, text, whatsapp, pending };
}

export type Message = ReturnType<typeof useMessage>;

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

export function Offer({ offer, message, tongue, setTongue }: { offer: CustomerOffer; message: Message; tongue: Language; setTongue: (tongue: Language) => void }) {
  const words = useWords();
  const spanish = language() === 'es';
  const gift = message.query.data?.hechos.regalo;
  if (offer.items.length === 0) return <section className="card"><header><h2>{words.guest.offer}</h2></header><p className="muted small">{words.guest.noOffer}</p></section>;
  return (
    <section className="card offer" aria-labelledby="offer">
      <header><h2 id="offer">{words.guest.offer}</h2><span className="tiny muted">{spanish ? offer.motivo : offer.motivo_en}</span></header>
      <ul className="stack-s">
        {offer.items.map((item) => (
          <li key={item.servicio_id} className="offer-item">
            <Icon name="gift" size={18} />
            <span className="grow"><b>{item.servicio_nombre}</b>{item.duracion > 0 && <span className="muted"> · {words.guest.minutes(item.duracion)}</span>}<br /><span className="tiny muted">{spanish ? item.motivo : item.motivo_en}</span></span>
            <span className="num small">{pesos(item.precio)}<br /><span className="tiny muted">{words.guest.priceFor(item.personas, item.noches)}{item.unidad === 'por_persona' && item.personas > 1 && <><br />{words.guest.each(pesos(item.precio_unitario))}</>}</span></span>
          </li>
        ))}
        {message.pending && <li className="offer-item" aria-hidden="true"><span className="small">&nbsp;</span></li>}
        {gift && <li className="offer-item"><Icon name="check" size={18} /><span>{gift} <span className="muted">· {words.guest.gift}</span></span></li>}
      </ul>
      <p className="offer-price"><span className="small muted">{words.guest.offerPrice}{offer.personas > 0 && `, ${words.guest.priceFor(offer.personas, 0)}`} <How id="unidad" name={words.guest.offerPrice} /></span><span><s className="muted small">{pesos(offer.precio_lista)}</s> <b>{pesos(offer.precio_final)}</b> <span className="tag warm">{words.guest.discount(offer.descuento_porcentaje)}</span></span></p>
      <div className="stack-s no-print">
        <span className="row wrap between"><span className="label" id="message">{words.guest.message}</span><Segmented label={words.guest.messageLanguage} value={tongue} choices={[['es', 'Español'], ['en', 'English']]} onChange={setTongue} /></span>
        {message.query.error ? <Problem error={message.query.error} retry={message.query.reload} /> : message.text ? <MessageText text={message.text} tongue={tongue} /> : <Loading lines={5} />}
        <div className="row wrap">
          <button type="button" className="button primary" disabled={!message.text} onClick={() => copyText(message.text, words.guest.copied)}><Icon name="copy" size={16} />{words.guest.copyMessage}</button>
          {message.whatsapp && <a className="button" href={message.whatsapp} target="_blank" rel="noreferrer noopener"><Icon name="chat" size={16} />{words.guest.sendWhatsapp}</a>}
        </div>
        {offer.channels.length === 0 && <p className="tiny muted">{words.guest.doNotWrite}</p>}
      </div>
    </section>
  );
}

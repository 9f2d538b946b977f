import type { ReactNode } from 'react';
import type { CustomerProfile, GuestPrize, Reservation } from '../../api/generated';
import { ago, clock, day, daysBetween, monthsBefore, pesos } from '../../format';
import { useWords } from '../../i18n/language';
import { Icon, type IconName } from '../../ui/icons';
import { How } from '../../ui/How';

/** A survey of so many months is news; an older one is history. */
export const lately = 24;

const done = ['usado', 'expirado', 'cancelado'];

/** A prize that may still be had. */
export const waiting = (prize: GuestPrize): boolean => !prize.vencido && !done.includes((prize.estado ?? '').toLowerCase());

export const servicesOf = (visit: Reservation): string =>
  visit.servicios.map((one) => one.servicio_nombre).filter((name, index, all) => all.indexOf(name) === index).join(', ');

function Line({ icon, tone = '', children }: { icon: IconName; tone?: 'warm' | ''; children: ReactNode }) {
  return <li className={`first-line ${tone}`}><Icon name={icon} size={17} /><span>{children}</span></li>;
}

/** What is left to pay of the bookings of the next day on which they come. */
function ToPay({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const date = profile.upcoming_reservations[0]?.fecha?.slice(0, 10);
  const left = profile.upcoming_reservations.filter((one) => one.fecha?.slice(0, 10) === date).reduce((sum, one) => sum + Math.max(0, one.saldo_pendiente ?? 0), 0);
  if (!date || left === 0) return null;
  const days = daysBetween(profile.as_of, date);
  return <Line icon="warn" tone="warm"><b>{words.guest.toPay(pesos(left), days === 0 ? words.guest.ofToday : days === 1 ? words.guest.ofTomorrow : words.guest.ofDay(day(date)))}</b></Line>;
}

function Booking({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const [next, ...more] = profile.upcoming_reservations;
  if (!next?.fecha) return null;
  const days = daysBetween(profile.as_of, next.fecha);
  const when = days <= 1 ? words.guest.inDays(days) : `${day(next.fecha)} (${words.guest.inDays(days)})`;
  return (
    <Line icon="check">
      <b>{words.guest.comes} {when}{clock(next.fecha) && ` ${words.guest.atHour(clock(next.fecha))}`}</b>
      {servicesOf(next) && ` · ${servicesOf(next)}`}{more.length > 0 && ` · ${words.guest.moreBookings(more.length)}`}
    </Line>
  );
}

/** What a receptionist needs before anything else, and only what there is. */
export function First({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const cards = profile.gift_cards.filter((card) => card.saldo > 0 && !card.vencida);
  const expires = cards.map((card) => card.vence).filter((date) => date !== null).sort()[0];
  const prizes = profile.premios.filter(waiting);
  const survey = profile.encuestas[0];
  const hurt = survey?.fecha && survey.fecha >= monthsBefore(profile.as_of, lately) && (survey.requiere_seguimiento || (survey.nps !== null && survey.nps <= 6));
  if (!profile.upcoming_reservations[0]?.fecha && profile.debe <= 0 && cards.length === 0 && prizes.length === 0 && !hurt) return null;
  return (
    <section className="card first" aria-label={words.guest.first_things}>
      <ul className="stack-s">
        <Booking profile={profile} />
        <ToPay profile={profile} />
        {profile.debe > 0 && <Line icon="warn" tone="warm"><b>{words.guest.owes(pesos(profile.debe))}</b> <How id="debe" name={words.guest.pending} /></Line>}
        {cards.length > 0 && (
          <Line icon="gift">
            <b>{words.guest.giftCard(cards.length)} {pesos(cards.reduce((sum, card) => sum + card.saldo, 0))}</b>
            {expires && ` · ${words.guest.expires(day(expires), words.guest.inDays(daysBetween(profile.as_of, expires)))}`} <How id="gift_cards" name={words.guest.giftCards} />
          </Line>
        )}
        {prizes.map((prize, index) => <Line key={index} icon="gift"><b>{words.guest.prize(prize.nombre)}</b>{prize.vence && ` · ${words.guest.expires(day(prize.vence), words.guest.inDays(daysBetween(profile.as_of, prize.vence)))}`}</Line>)}
        {hurt && (
          <Line icon="warn" tone="warm">
            <b>{survey.nps === null ? words.guest.followUp : words.guest.badSurvey(survey.nps)}</b>{survey.fecha && ` · ${ago(survey.fecha, profile.as_of)}`}
            {survey.decepcion && <span className="quote"> «{survey.decepcion}»</span>}
          </Line>
        )}
      </ul>
    </section>
  );
}

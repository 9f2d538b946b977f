import type { CustomerProfile, GuestSurvey, SpentExplained } from '../../api/generated';
import { ago, day, monthsBefore, pesos } from '../../format';
import { language, useWords } from '../../i18n/language';
import { Title } from '../../ui/How';
import { Icon } from '../../ui/icons';
import { lately, waiting } from './First';
import { VisitList } from './Timeline';

/** What was written about their visits lately, health first: what one must know before offering anything. */
export function Notes({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const { notas } = profile.ojo;
  if (notas.length === 0) return null;
  const kinds: Record<string, string> = { salud: words.today.health, celebracion: words.today.celebrates };
  const line = (note: (typeof notas)[number]) => (
    <li key={note.texto} className={note.tipo === 'salud' ? 'first-line warm' : 'first-line'}>
      <Icon name={note.tipo === 'salud' ? 'warn' : 'note'} size={17} />
      <span className="whole">{kinds[note.tipo] && <><b>{kinds[note.tipo]}:</b> </>}«{note.texto}» <span className="muted small">{day(note.fecha)}</span></span>
    </li>
  );
  return (
    <section className="card first" aria-label={words.lists.notes}>
      <ul className="stack-s">{notas.slice(0, 3).map(line)}</ul>
      {notas.length > 3 && <details className="more"><summary>{words.lists.moreNotes(notas.length - 3)}</summary><ul className="stack-s">{notas.slice(3).map(line)}</ul></details>}
    </section>
  );
}

/** Gift cards bought or given, and prizes, with what is left of them. */
export function Gifts({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  if (profile.gift_cards.length === 0 && profile.premios.length === 0) return null;
  return (
    <section className="card" aria-labelledby="gifts">
      <header><Title id="gifts" how="gift_cards">{words.guest.gifts}</Title></header>
      <ul className="stack-s">
        {profile.gift_cards.map((card) => (
          <li key={card.codigo} className="record">
            <p className="row between"><span className="strong clip">{card.codigo}</span><span className="strong num">{pesos(card.saldo)}</span></p>
            <p className="row wrap tiny muted">
              <span>{words.guest.cardRole[card.papel] ?? card.papel}</span><span>{words.guest.ofAmount(pesos(card.monto_inicial))}</span>
              {card.vence && <span className={card.vencida ? 'tag bad' : ''}>{card.vencida ? words.guest.expired(day(card.vence)) : words.guest.expiresOn(day(card.vence))}</span>}
              {card.estado && <span>{words.values[card.estado] ?? sentence(card.estado)}</span>}
            </p>
          </li>
        ))}
        {profile.premios.map((prize, index) => (
          <li key={index} className="record">
            <p className="row between"><span className="strong clip">{prize.nombre}</span>{prize.estado && <span className={waiting(prize) ? 'tag current' : 'tag'}>{words.values[prize.estado] ?? sentence(prize.estado)}</span>}</p>
            <p className="tiny muted">{[day(prize.fecha), prize.vence && (prize.vencido ? words.guest.expired(day(prize.vence)) : words.guest.expiresOn(day(prize.vence)))].filter(Boolean).join(' · ')}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was asked, of which only a column's name is known. */
const sentence = (name: string): string => name.charAt(0).toLocaleUpperCase('es') + name.slice(1).replaceAll('_', ' ');

function Survey({ survey, asOf }: { survey: GuestSurvey; asOf: string }) {
  const words = useWords();
  const said: [string, string | null][] = [[words.guest.liked, survey.le_gusto], [words.guest.disliked, survey.decepcion], [words.guest.suggested, survey.sugerencias]];
  return (
    <li className="record">
      <p className="row wrap between">
        <span className="small strong">{day(survey.visita ?? survey.fecha)} <span className="tiny muted">{survey.fecha && ago(survey.fecha, asOf)}</span></span>
        {survey.nps !== null && <span className={!survey.fecha || survey.fecha < monthsBefore(asOf, lately) ? 'tag' : survey.nps <= 6 ? 'tag bad' : survey.nps >= 9 ? 'tag current' : 'tag'}>{words.guest.nps(survey.nps)}</span>}
      </p>
      {Object.keys(survey.notas).length > 0 && <p className="row wrap tiny muted">{Object.entries(survey.notas).map(([name, mark]) => <span key={name}>{words.guest.marks[name] ?? sentence(name)} <b>{words.guest.of5(mark)}</b></span>)}</p>}
      {said.map(([title, text]) => text && <p key={title} className="small"><span className="muted">{title}:</span> «{text}»</p>)}
      {survey.requiere_seguimiento && <p><span className="tag warm">{words.guest.followUp}</span></p>}
    </li>
  );
}

/** What they said of their visits, in their own words. */
export function Surveys({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  const [last, ...older] = profile.encuestas;
  if (!last) return null;
  return (
    <section className="card" aria-labelledby="surveys">
      <header><h2 id="surveys">{words.guest.surveys}</h2></header>
      <ul className="stack-s"><Survey survey={last} asOf={profile.as_of} /></ul>
      {older.length > 0 && <details className="more"><summary>{words.guest.olderSurveys(older.length)}</summary><ul className="stack-s">{older.map((one, index) => <Survey key={index} survey={one} asOf={profile.as_of} />)}</ul></details>}
    </section>
  );
}

/** Money for which nobody came. */
export function OtherSales({ profile }: { profile: CustomerProfile }) {
  const words = useWords();
  if (profile.otras_ventas.length === 0) return null;
  return (
    <section className="card" aria-labelledby="other-sales">
      <header><Title id="other-sales" how="refunds">{words.guest.otherSales}</Title><p>{words.guest.otherSalesHint}</p></header>
      <VisitList visits={profile.otras_ventas} />
    </section>
  );
}

/** From the booking system's own figure to this one, part by part. */
export function Spent({ explained, total }: { explained: SpentExplained; total: number }) {
  const words = useWords();
  const signed = (money: number) => (money > 0 ? `+${pesos(money)}` : pesos(money));
  return (
    <details className="more spent">
      <summary>{words.guest.theirFigure(pesos(explained.gasto_total_reservas))}</summary>
      <table className="plain-table">
        <tbody>
          <tr><th scope="row">{words.guest.inBookings}</th><td className="num">{pesos(explained.gasto_total_reservas)}</td></tr>
          {explained.partes.map((part) => <tr key={part.codigo}><th scope="row">{language() === 'es' ? part.texto : part.texto_en}</th><td className="num">{signed(part.monto)}</td></tr>)}
          <tr><th scope="row"><b>{words.guest.spent}</b></th><td className="num"><b>{pesos(total)}</b></td></tr>
        </tbody>
      </table>
    </details>
  );
}

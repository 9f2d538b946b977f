import type { MiniHistory } from '../../api/generated';
import { day, number, pesos, phone, rut } from '../../format';
import { useWords } from '../../i18n/language';
import { Link } from '../../ui/parts';
import { difference, fold, type Word } from './difference';

export interface Side {
  title: string;
  kind: 'legacy' | 'current';
  id: string;
  to: string;
  nombre: string;
  telefono: string | null;
  email: string | null;
  documento_identidad: string | null;
  ciudad: string | null;
  creado: string | null;
  history: MiniHistory;
}

function Name({ words: parts, to }: { words: Word[]; to: string }) {
  return (
    <Link to={to} className="pair-name">
      {parts.length === 0 ? '–' : parts.map((word, index) => <span key={index}>{index > 0 && ' '}{word.how === 'same' ? word.text : <span className={`word ${word.how}`}>{word.text}</span>}</span>)}
    </Link>
  );
}

/** Two people side by side: what each says of itself, in what they agree, and what each did. */
export function Pair({ left, right }: { left: Side; right: Side }) {
  const words = useWords();
  const said: Record<string, string> = { same: words.sync.same, similar: words.sync.similar, differs: words.sync.differs, missing: words.sync.onlyOne };
  const signs: Record<string, string> = { same: '=', similar: '≈', differs: '≠', missing: '·' };
  const names = difference(left.nombre, right.nombre);
  const state = (a: string, b: string) => (!a || !b ? (a || b ? 'missing' : '') : fold(a) === fold(b) ? 'same' : 'differs');
  const name_state = !left.nombre || !right.nombre ? 'missing' : names.same ? 'same' : names.shared ? 'similar' : 'differs';
  const rows: [string, React.ReactNode, React.ReactNode, string][] = [
    ['nombre', <Name key="a" words={names.left} to={left.to} />, <Name key="b" words={names.right} to={right.to} />, name_state],
    ...([['telefono', phone(left.telefono), phone(right.telefono)], ['email', left.email ?? '', right.email ?? ''],
      ['documento_identidad', rut(left.documento_identidad), rut(right.documento_identidad)], ['ciudad', left.ciudad ?? '', right.ciudad ?? '']] as const)
      .map(([field, a, b]): [string, React.ReactNode, React.ReactNode, string] => [field, a || '–', b || '–', state(a, b)]),
    ['creado', left.creado ? day(left.creado) : '–', right.creado ? day(right.creado) : '–', ''],
  ];
  const visits = (one: MiniHistory) => (one.total_visitas === 0 ? words.desk.visits(0) : `${number(one.total_visitas)} · ${pesos(one.total_gastado)}`);
  const span = (one: MiniHistory) => (one.ultima_visita ? `${day(one.primera_visita)} – ${day(one.ultima_visita)}` : '–');
  const did: [string, string, string][] = [
    [words.guest.visits, visits(left.history), visits(right.history)],
    [words.decisions.between, span(left.history), span(right.history)],
    [words.decisions.services, left.history.servicios.join(', ') || '–', right.history.servicios.join(', ') || '–'],
  ];
  const head = (side: Side) => (
    <th scope="col"><span className={`tag ${side.kind}`}>{side.title}</span> <Link to={side.to} className="tiny muted">{side.id}</Link></th>
  );
  return (
    <table className="pair">
      <thead><tr><td />{head(left)}<td />{head(right)}</tr></thead>
      <tbody>
        {rows.map(([name, a, b, how]) => (
          <tr key={name} className={how}>
            <th scope="row">{words.sync.fields[name]}</th><td>{a}</td>
            <td className="sign">{how && <><span aria-hidden="true">{signs[how]}</span><span className="visually-hidden">{said[how]}</span></>}</td><td>{b}</td>
          </tr>
        ))}
        {did.map(([name, a, b]) => <tr key={name} className="did"><th scope="row">{name}</th><td>{a}</td><td className="sign" /><td>{b}</td></tr>)}
      </tbody>
    </table>
  );
}

import type { PersonLine } from '../../api/generated';
import { words } from '../../i18n/language';

/** What a list of people is taken away for: whom to write to or call, by which way, and with what in mind. */
export interface Reached {
  id: number;
  nombre: string;
  telefono: string | null;
  email: string | null;
  ciudad: string | null;
  channels: readonly string[];
  ultima_visita: string | null;
  dias: number | null;
  segment: string;
  visitas: number;
  gastado: number;
  prioridad: number;
  favorito: string | null;
}

const order = ['id', 'nombre', 'telefono', 'email', 'ciudad', 'channels', 'ultima_visita', 'dias', 'segment', 'visitas', 'gastado', 'prioridad', 'favorito'] as const;

export const purposeTitles = (): string[] => order.map((name) => words().people.columns[name] ?? name);

export function purposeCells(one: Reached): (string | number | null)[] {
  const { people, segments } = words();
  // Nobody's closed channels look like a column that was forgotten.
  const channels = one.channels.map((name) => people.channels[name] ?? name).join(', ') || people.noChannel;
  return order.map((name) => (name === 'channels' ? channels : name === 'segment' ? segments.names[one.segment] ?? one.segment : one[name]));
}

export const ofLine = (row: PersonLine): Reached => ({
  id: row.id, nombre: row.nombre, telefono: row.telefono, email: row.email, ciudad: row.ciudad, channels: row.channels, ultima_visita: row.ultima_visita,
  dias: row.days_since_last_visit, segment: row.segment, visitas: row.total_visitas, gastado: row.total_gastado, prioridad: row.reactivation_priority, favorito: row.servicio_favorito,
});

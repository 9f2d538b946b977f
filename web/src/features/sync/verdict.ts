// What of the data can be trusted, from what is wrong with them: one sentence before the list.
import type { DataFinding, DataHealthReport } from '../../api/generated';
import { language, words } from '../../i18n/language';

export type Trust = 'yes' | 'care' | 'no';
type Thing = 'sales' | 'phone' | 'email' | 'rut';
const things: Thing[] = ['sales', 'phone', 'email', 'rut'];

const columns: [RegExp, Thing][] = [[/tel|fono|phone|whatsapp/, 'phone'], [/mail|correo/, 'email'], [/rut|documento/, 'rut'], [/valor|monto|total|checkin|fecha|hora|precio/, 'sales']];

/** Which of the things a finding speaks of. */
function thingOf(finding: DataFinding): Thing | undefined {
  const text = (finding.column ?? '').toLowerCase();
  return columns.find(([pattern]) => pattern.test(text))?.[1];
}

const rank: Record<Trust, number> = { yes: 0, care: 1, no: 2 };

/** A grave fault that touches a tenth of the rows, or a column filled by a broken lookup, is nothing to rely on. */
function trustOf(finding: DataFinding): Trust {
  if (finding.code === 'broken_lookup') return 'no';
  if (finding.severity === 'high') return finding.percentage >= 10 ? 'no' : 'care';
  return finding.severity === 'medium' && finding.percentage >= 5 ? 'care' : 'yes';
}

const list = (items: string[]): string => new Intl.ListFormat(language(), { type: 'conjunction' }).format(items);

/** "las ventas y los teléfonos del sistema de reservas; los RUT del archivo antiguo de clientes", by trust. */
export function verdicts(report: DataHealthReport): Partial<Record<Trust, string>> {
  const w = words().verdict;
  const told: Record<Trust, string[]> = { yes: [], care: [], no: [] };
  for (const source of report.completeness) {
    if (source.rows === 0) continue;  // of nothing, nothing can be relied on
    const of: Record<Trust, string[]> = { yes: [], care: [], no: [] };
    for (const thing of things) {
      const whole = thing === 'phone' ? source.phone : thing === 'email' ? source.email : thing === 'rut' ? source.rut : true;
      if (!whole || (thing === 'sales' && source.source === 'clientes_legacy')) continue;
      const worst = report.findings.filter((finding) => finding.source === source.source && thingOf(finding) === thing).map(trustOf).sort((a, b) => rank[b] - rank[a])[0] ?? 'yes';
      of[worst].push(w.things[thing] ?? thing);
    }
    for (const trust of ['yes', 'care', 'no'] as const) if (of[trust].length > 0) told[trust].push(`${list(of[trust])} ${w.of[source.source] ?? source.source}`);
  }
  return Object.fromEntries(Object.entries(told).filter(([, parts]) => parts.length > 0).map(([trust, parts]) => [trust, parts.join('; ')]));
}

// A definition in the words of whoever runs the spa. It names columns and fields for those who compare it with the tables;
// the others are told the same without them.
const field = '[A-Za-z]+(?:_[A-Za-z0-9]+)+';
const aside = new RegExp(` ?\\([^()]*${field}[^()]*\\)| \\((?:también|also) [a-z_]+\\)`, 'g');
const name = new RegExp(`\\b${field}\\b`, 'g');

/** `terms`: what a field is called; of one that nobody has named, its words. */
export function plainly(text: string, terms: Record<string, string>): string {
  const told = text.replace(aside, '').replace(name, (one) => terms[one] ?? one.replaceAll('_', ' '));
  // A sentence that began with a field begins with its name.
  return told === text ? text : told.replace(/(^|[.:] )(\p{Ll})/gu, (whole, before: string, letter: string) => (before === ': ' ? whole : before + letter.toLocaleUpperCase('es')));
}

// A source that shrank is held back until somebody says that it is on purpose. The server's sentence ends with how a program
// says so; people have a button for it.
export const asksForWord = (text: string | null | undefined): boolean => /accept_loss/.test(text ?? '');

/** The sentence without the command. */
export function forPeople(text: string): string {
  if (!asksForWord(text)) return text;
  return text.replace(/\s*(?:Si es a propósito|If this is on purpose)[:,][^]*$/, '').replace(/;$/, '.');
}

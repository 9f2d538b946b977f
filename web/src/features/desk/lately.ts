// The last guests that were opened, in memory alone: gone with the page, never written anywhere.
const most = 6;
let seen: { to: string; name: string }[] = [];

export function sawGuest(to: string, name: string): void {
  seen = [{ to, name }, ...seen.filter((one) => one.to !== to)].slice(0, most);
}

export const seenLately = (): readonly { to: string; name: string }[] => seen;

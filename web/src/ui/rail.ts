// Where a table of any length stands. A browser cannot scroll the 40 million pixels of a million rows (Chromium ends at 33
// million, Firefox at 18), so a longer table is scrolled on a shorter rail: small movements move as many pixels as the wheel
// says, large ones (the thumb) jump to their share of the whole.
export const row_height = 44;
export const head_height = 40;
export const page_rows = 100;
const rail_most = 8_000_000;  // pixels; under every browser's limit
const beyond = 4;             // rows drawn above and below what is in sight

export interface Rail {
  room: number;       // pixels of rows in sight
  canvas: number;     // as long as the browser is told
  scaled: boolean;    // the table is longer than that
  most_top: number;   // the whole table's pixels above the last screenful
  most_rail: number;  // the rail's
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

export function railOf(total: number, height: number): Rail {
  const whole = total * row_height, canvas = Math.min(whole, rail_most), room = Math.max(1, height - head_height);
  return { room, canvas, scaled: whole > rail_most, most_top: Math.max(0, whole - room), most_rail: Math.max(1, canvas - room) };
}

/** Where the rail stands for a place of the whole table. */
export const onRail = (rail: Rail, top: number): number => (rail.scaled ? (top / rail.most_top) * rail.most_rail : top);

export const isNear = (rail: Rail, moved: number): boolean => Math.abs(moved) < rail.room * 2;

/** The place that the rail was moved to, at `at` now, from where `top` was in sight. */
export function scrolledTo(rail: Rail, top: number, at: number, moved: number): number {
  if (!rail.scaled) return at;
  if (at <= 0) return 0;
  if (at >= rail.most_rail) return rail.most_top;
  return isNear(rail, moved) ? within(top + moved, rail.most_top) : (at / rail.most_rail) * rail.most_top;
}

/** Small movements take the rail beyond its place: near an end it is put right at once, before the hand rests. */
export const isAtEnd = (rail: Rail, at: number): boolean => at < 3 * rail.room || at > rail.most_rail - 3 * rail.room;

/** Where a table is found again; whoever went on from one to the next while away finds the last one in sight. */
export function foundAgain(rail: Rail, left: { top: number; active: number }): number {
  const top = within(left.top, rail.most_top);
  return toShow(rail, top, left.active) === null ? top : within((left.active - 3) * row_height, rail.most_top);
}

/** Where to go so that a row is in sight; null where it is. */
export function toShow(rail: Rail, top: number, index: number): number | null {
  const above = index * row_height, below = above + row_height - rail.room;
  return above < top ? above : below > top ? below : null;
}

/** The rows to draw, and the pages to have: the one behind is asked for before it is seen. */
export function inSight(rail: Rail, top: number, total: number): { first: number; last: number; first_page: number; last_page: number; wanted_page: number } {
  const first = Math.max(0, Math.floor(top / row_height) - beyond);
  const last = Math.min(total - 1, Math.ceil((top + rail.room) / row_height) + beyond);
  const last_page = Math.floor(Math.max(first, last) / page_rows);
  return { first, last, first_page: Math.floor(first / page_rows), last_page, wanted_page: last % page_rows >= page_rows / 2 ? last_page + 1 : last_page };
}

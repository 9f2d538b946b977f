import { describe, expect, test } from 'vitest';
import { foundAgain, inSight, isAtEnd, isNear, onRail, page_rows, railOf, row_height, scrolledTo, toShow } from './rail';

const short = railOf(1_000, 640);      // 44,000 pixels, 600 in sight
const long = railOf(1_000_000, 640);   // 44,000,000 on a rail of 8,000,000

describe('a rail', () => {
  test('is as long as its rows while a browser can scroll them, and no longer than that', () => {
    expect(short).toEqual({ room: 600, canvas: 44_000, scaled: false, most_top: 43_400, most_rail: 43_400 });
    expect(long).toEqual({ room: 600, canvas: 8_000_000, scaled: true, most_top: 43_999_400, most_rail: 7_999_400 });
    expect(railOf(181_818, 640).scaled).toBe(false);
    expect(railOf(181_819, 640).scaled).toBe(true);
  });
  test('of nothing, or with no room, still divides', () => {
    expect(railOf(0, 640)).toMatchObject({ canvas: 0, most_top: 0, most_rail: 1 });
    expect(railOf(10, 0).room).toBe(1);
    expect(onRail(railOf(0, 640), 0)).toBe(0);
  });
  test('begins and ends with the table', () => {
    expect(onRail(long, 0)).toBe(0);
    expect(onRail(long, long.most_top)).toBe(long.most_rail);
    expect(onRail(long, long.most_top / 2)).toBeCloseTo(long.most_rail / 2);
    expect(onRail(short, 1_234)).toBe(1_234);
  });
});

describe('a movement', () => {
  test('of the wheel is as many pixels as it says, wherever one is', () => {
    expect(scrolledTo(long, 20_000_000, 3_636_500, 120)).toBe(20_000_120);
    expect(scrolledTo(long, 20_000_000, 3_636_260, -120)).toBe(19_999_880);
    expect(scrolledTo(long, 50, 900, -120)).toBe(0);
    expect(scrolledTo(long, long.most_top - 50, 7_000_000, 120)).toBe(long.most_top);
  });
  test('of the thumb goes to its share of the whole', () => {
    expect(scrolledTo(long, 0, long.most_rail / 4, long.most_rail / 4)).toBeCloseTo(long.most_top / 4);
  });
  test('is near up to two screenfuls', () => {
    expect([1_199, -1_199, 1_200, -1_200].map((moved) => isNear(long, moved))).toEqual([true, true, false, false]);
  });
  test('to an end is at the end', () => {
    expect(scrolledTo(long, 5_000, 0, -30)).toBe(0);
    expect(scrolledTo(long, 5_000, long.most_rail, 30)).toBe(long.most_top);
  });
  test('of a short table is the browser\'s own', () => {
    expect(scrolledTo(short, 7, 5_000, 4_993)).toBe(5_000);
  });
  test('near an end is put right at once: three screenfuls', () => {
    expect([1_799, 1_800, long.most_rail - 1_800, long.most_rail - 1_799].map((at) => isAtEnd(long, at))).toEqual([true, false, false, true]);
  });
});

describe('a row', () => {
  test('in sight stays where it is, to the pixel', () => {
    expect(toShow(short, 440, 10)).toBeNull();
    expect(toShow(short, 441, 10)).toBe(440);
    expect(toShow(short, 0, 12)).toBeNull();      // 528 to 572 of 600
    expect(toShow(short, 0, 13)).toBe(16);        // 572 to 616
    expect(toShow(short, 16, 13)).toBeNull();
  });
  test('that was left is found where it was; one walked to meanwhile stands fourth', () => {
    expect(foundAgain(short, { top: 4_400, active: 102 })).toBe(4_400);
    expect(foundAgain(short, { top: 4_400, active: 300 })).toBe(297 * row_height);
    expect(foundAgain(short, { top: 4_400, active: 1 })).toBe(0);
    expect(foundAgain(short, { top: 0, active: 999 })).toBe(short.most_top);
    expect(foundAgain(short, { top: 90_000, active: 990 })).toBe(short.most_top);
  });
});

describe('what is drawn', () => {
  test('is what is in sight, four rows more on either side, and nothing that is not there', () => {
    expect(inSight(short, 0, 1_000)).toMatchObject({ first: 0, last: 18 });
    expect(inSight(short, 4_400, 1_000)).toMatchObject({ first: 96, last: 118 });
    expect(inSight(short, short.most_top, 1_000)).toMatchObject({ last: 999 });
    expect(inSight(railOf(0, 640), 0, 0)).toMatchObject({ first: 0, last: -1, first_page: 0, last_page: 0, wanted_page: 0 });
  });
  test('asks for the page behind from the middle of one on', () => {
    const ending = (last: number) => inSight(short, (last - 4) * row_height - short.room, 1_000);
    expect(ending(49)).toMatchObject({ last: 49, last_page: 0, wanted_page: 0 });
    expect(ending(50)).toMatchObject({ last: 50, last_page: 0, wanted_page: 1 });
    expect(ending(100)).toMatchObject({ first_page: 0, last_page: 1, wanted_page: 1 });
    expect(inSight(short, 104 * row_height, 1_000).first_page).toBe(1);
    expect(inSight(short, 103 * row_height, 1_000).first_page).toBe(0);
    expect(page_rows).toBe(100);  // what the server is asked for at once
  });
});

import { beforeEach, describe, expect, test, vi } from 'vitest';

vi.hoisted(() => vi.stubGlobal('document', { documentElement: {} }));
import { ago, asPercent, clock, day, daysBetween, decimal, howLong, inMillions, initials, millions, monthsBefore, monthYear, number, percent, pesos, phone, readPesos, rut, shortPesos, year } from './format';
import { setLanguage } from './i18n/language';

beforeEach(() => setLanguage('es'));

describe('money', () => {
  test('is grouped as each language does, from four digits on', async () => {
    expect([999, 1460, -1460, 680_000, 2_755_144_000].map(pesos)).toEqual(['$999', '$1.460', '-$1.460', '$680.000', '$2.755.144.000']);
    await setLanguage('en');
    expect([1460, -680_000].map(pesos)).toEqual(['$1,460', '-$680,000']);
    expect(decimal(99.44)).toBe('99.4');
    expect(asPercent(27.34)).toBe('27.3%');
    expect(day('2024-09-05')).toBe('5 Sep 2024');
  });
  test('in short is millions from one million on, with a decimal up to ten', () => {
    expect([999_999, 1_000_000, 1_250_000, 9_960_000, 10_400_000, 2_687_400_000, -1_250_000].map(shortPesos)).toEqual(['$999.999', '$1 M', '$1,3 M', '$10 M', '$10 M', '$2.687 M', '-$1,3 M']);
  });
  test('by the name of millions', () => {
    expect([2_755_144_000, 400_000, 9_940_000, 10_400_000, -400_000].map(millions)).toEqual(['$2.755 millones', '$0,4 millones', '$9,9 millones', '$10 millones', '-$0,4 millones']);
    expect(inMillions(2_755_144_000)).toBe('$2.755,1\u00a0M');
  });
  test('is read as people write it', () => {
    for (const text of ['200.000', '$200.000', '200000', '200 mil', '200k', 'CLP 200,000', '200 000 pesos', '0,2 millones', '0.2m']) expect([text, readPesos(text)]).toEqual([text, 200_000]);
    expect(readPesos('1,5 millones')).toBe(1_500_000);
    expect(readPesos('1 millón')).toBe(1_000_000);
    expect(readPesos('1.234.567')).toBe(1_234_567);
    for (const text of ['', 'mil', '-5', '1.2345', '1.234,567', '1,2345 millones', '12,345.678', 'doscientos', '99999999999999999']) expect([text, readPesos(text)]).toEqual([text, null]);
  });
});

describe('shares', () => {
  test('have one decimal, and none of nothing', () => {
    expect(percent(1, 3)).toBe('33,3\u00a0%');
    expect(percent(5, 0)).toBe('0\u00a0%');
    expect(number(1234.6)).toBe('1.235');
  });
});

describe('days', () => {
  test('are the civil ones they say', () => {
    expect(day('2024-02-29T23:59')).toBe('29 feb 2024');
    expect(monthYear('2024-12-01')).toBe('dic 2024');
    expect([day(null), day('soon'), monthYear(undefined)]).toEqual(['–', '–', '–']);
    expect([clock('2024-02-29T23:59:10'), clock('2024-02-29T00:00'), clock('2024-02-29')]).toEqual(['23:59', '', '']);
    expect(year('1999-12-31')).toBe(1999);
  });
  test('between two dates, over leap days and clocks put forward', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2023-02-28', '2023-03-01')).toBe(1);
    expect(daysBetween('2024-04-06', '2024-04-08')).toBe(2);
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2);
    expect(daysBetween('1990-01-01', '2024-03-14')).toBe(12_491);
  });
  test('months before are cut to the month\'s length', () => {
    expect(monthsBefore('2024-03-31', 1)).toBe('2024-02-29');
    expect(monthsBefore('2023-03-31', 1)).toBe('2023-02-28');
    expect(monthsBefore('2024-01-15', 12)).toBe('2023-01-15');
    expect(monthsBefore('2024-01-31', -1)).toBe('2024-02-29');
  });
  test('ago counts an anniversary that is tomorrow, months only when they are complete', () => {
    expect(ago('2023-03-15', '2024-03-13')).toBe('hace 11 meses');
    expect(ago('2023-03-15', '2024-03-14')).toBe('hace 1 año');
    expect(ago('2024-02-15', '2024-03-14')).toBe('hace 28 días');
    expect(ago('2024-02-15', '2024-03-15')).toBe('hace 1 mes');
    expect(ago('2024-01-31', '2024-02-29')).toBe('hace 1 mes');
  });
  test('a span is told in months up to two years', () => {
    expect(howLong('2022-12-15', '2024-03-15')).toBe('15 meses');
    expect(howLong('2022-03-15', '2024-03-13')).toBe('23 meses');
    expect(howLong('2022-03-15', '2024-03-14')).toBe('2 años');
    expect(howLong('2024-03-01', '2024-03-21')).toBe('20 días');
  });
});

describe('who somebody is', () => {
  test('a phone is grouped by its country', () => {
    expect(['+56987654321', '+5491155551234', '+56652234567', '+14155552671', '+34612345678', '+59171234567'].map(phone))
      .toEqual(['+56 9 8765 4321', '+54 911 5555 1234', '+56 65 223 4567', '+1 415 555 2671', '+34 612 345 678', '+591 7123 4567']);
    expect([phone(null), phone('anexo 3'), phone('+561')]).toEqual(['', 'anexo 3', '+561']);
  });
  test('a RUT has its points', () => {
    expect([rut('12345678-5'), rut('7654321-K'), rut('X123'), rut(null)]).toEqual(['12.345.678-5', '7.654.321-K', 'X123', '']);
  });
  test('initials are two', () => {
    expect([initials('ángela  del río'), initials('Ana'), initials('')]).toEqual(['ÁD', 'A', '']);
  });
});

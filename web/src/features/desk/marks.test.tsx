import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Marked, MarkedDigits, near } from './marks';

const marked = (text: string, query: string) => renderToStaticMarkup(<Marked text={text} query={query} />).replace(/<\/?span>/g, '');
const digits = (text: string, query: string) => renderToStaticMarkup(<MarkedDigits text={text} query={query} />);

describe('a slip', () => {
  test('is one letter from four on, two from seven on', () => {
    expect([near('ana', 'ama'), near('anna', 'anma'), near('rosals', 'rosalss'), near('rosalx', 'rosabb')]).toEqual([false, true, true, false]);
    expect([near('gonzale', 'gonsales'), near('gonzalez', 'gonsales'), near('gonzalez', 'gansales'), near('gonza', 'gonzale')]).toEqual([true, true, false, false]);
  });
  test('is changed, left out, added or swapped', () => {
    expect([near('perez', 'peres'), near('prez', 'perez'), near('peerez', 'perez'), near('preez', 'perez')]).toEqual([true, true, true, true]);
    expect([near('preze', 'perez'), near('zerep', 'perez')]).toEqual([false, false]);
  });
});

describe('a name', () => {
  test('has in bold what was typed of its words, whatever the accents', () => {
    expect(marked('María González', 'maria gonz')).toBe('<mark>María</mark> <mark>Gonz</mark>ález');
    expect(marked('Ana María', 'ria')).toBe('Ana María');
  });
  test('has the longest beginning in bold, and the whole word of a slip', () => {
    expect(marked('González', 'go gonza')).toBe('<mark>Gonzá</mark>lez');
    expect(marked('González Soto', 'gonsales')).toBe('<mark>González</mark> Soto');
  });
  test('without anything typed has nothing in bold', () => {
    expect(marked('Ana Soto', ' ')).toBe('Ana Soto');
  });
});

describe('a number', () => {
  test('has its digits in bold through spaces and points, the last such place', () => {
    expect(digits('+56 9 8765 4321', '6543')).toBe('+56 9 87<mark>65 43</mark>21');
    expect(digits('12.345.678-K', '78k')).toBe('12.345.6<mark>78-K</mark>');
    expect(digits('123 0123', '123')).toBe('123 0<mark>123</mark>');
  });
  test('is found without the country\'s digits, and not by two', () => {
    expect(digits('8765 4321', '+56 9 8765')).toBe('<mark>8765</mark> 4321');
    expect(digits('65 223 4567', '56 65223')).toBe('<mark>65 223</mark> 4567');
    expect(digits('8765 4321', '87')).toBe('8765 4321');
    expect(digits('8765 4321', '876')).toBe('<mark>876</mark>5 4321');
  });
});

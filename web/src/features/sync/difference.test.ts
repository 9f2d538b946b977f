import { describe, expect, test } from 'vitest';
import { difference, fold } from './difference';

const told = (left: string, right: string) => {
  const both = difference(left, right);
  return [both.left, both.right].map((words) => words.map((word) => `${word.text} ${word.how}`).join(', '));
};

describe('two names', () => {
  test('share words in whatever order, case and accents they stand', () => {
    expect(told('Soto, María', 'maria SOTO')).toEqual(['Soto, same, María same', 'maria same, SOTO same']);
    expect(difference('Soto, María', 'maria SOTO')).toMatchObject({ same: true, shared: true });
  });
  test('have words nearly the same: up to two letters of four or more', () => {
    expect(told('González', 'Gonsales')).toEqual(['González near', 'Gonsales near']);
    expect(told('González', 'Gansalex')).toEqual(['González only', 'Gansalex only']);
    expect(told('Rosa', 'Rosita')).toEqual(['Rosa near', 'Rosita near']);
    expect(told('Ana', 'Ans')).toEqual(['Ana only', 'Ans only']);
    expect(difference('González', 'Gonsales')).toMatchObject({ same: false, shared: true });
  });
  test('have an initial for a word', () => {
    expect(told('M. Soto', 'María Soto')).toEqual(['M. near, Soto same', 'María near, Soto same']);
    expect(told('Ma Soto', 'María Soto')).toEqual(['Ma only, Soto same', 'María only, Soto same']);
    expect(told('Ana', 'P.')).toEqual(['Ana only', 'P. only']);
  });
  test('pair the surest first, and each word once', () => {
    expect(told('Rosa Rossa', 'Rossa')).toEqual(['Rosa only, Rossa same', 'Rossa same']);
    expect(told('Ana Ana', 'Ana')).toEqual(['Ana same, Ana only', 'Ana same']);
  });
  test('may have nothing to do with each other', () => {
    expect(difference('Ana Soto', 'Luis Vera')).toMatchObject({ same: false, shared: false });
  });
});

test('folding takes accents, capitals and spare spaces', () => {
  expect(fold('  ÑANDÚ  del Río ')).toBe('nandu del rio');
});

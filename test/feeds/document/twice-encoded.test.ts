import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedOnce } from '../../../feeds/document/twice-encoded.ts';

const encodedTwice = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('text that was encoded twice', () => {
  it.each([
    ['CrÃ\u00adticas', 'Críticas'],
    ['Â« EnÃ©crivant Â»', '« Enécrivant »'],
    ['â\u0080\u0099', '’'],
    ['Ð\u009cÐ¾Ñ\u0081ÐºÐ²Ð°', 'Москва'],
  ])('%j is read as %j', (garbled, meant) => {
    expect(encodedOnce(garbled)).toBe(meant);
  });

  it.each([
    ['is plain', 'Notices & more'],
    ['has accents', 'Déjà vu, «élève»'],
    ['is whole but for one character', 'CrÃ\u00adticas – EFE'],
    ['is whole but for one byte', 'CrÃ\u00adticas é'],
    ['holds what only looks like it', 'IRMÃ» «A»'],
    ['is empty', ''],
  ])('stays as it is where it %s', (_, text) => {
    expect(encodedOnce(text)).toBe(text);
  });

  it('comes back whole, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(encodedTwice(text) !== text);
        expect(encodedOnce(encodedTwice(text))).toBe(text);
      }),
    );
  });
});

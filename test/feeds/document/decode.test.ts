import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../feeds/document/decode.ts';

const prolog = (charset: string) => `<?xml version="1.0" encoding="${charset}"?><t>`;
const latin = (text: string) => Buffer.from(text, 'latin1');

function utf32(text: string, isLittleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer([...text].length * 4));
  [...text].forEach((character, index) => {
    view.setUint32(index * 4, character.codePointAt(0) ?? 0, isLittleEndian);
  });
  return new Uint8Array(view.buffer);
}

describe('decode', () => {
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff<t>Règlement €', 'utf8'), '', '<t>Règlement €'],
    ['UTF-16 with a byte order mark', Buffer.from('\ufeff<t>Règlement €', 'utf16le'), '', '<t>Règlement €'],
    ['UTF-16 without one', Buffer.from('<t>Règlement €', 'utf16le'), 'text/xml', '<t>Règlement €'],
    ['big-endian UTF-16', Buffer.from('\ufeff<t>é', 'utf16le').swap16(), '', '<t>é'],
    ['UTF-32 with a byte order mark', utf32('\ufeff<t>Règlement 𝄞', false), '', '<t>Règlement 𝄞'],
    ['little-endian UTF-32', utf32('\ufeff<t>é', true), '', '<t>é'],
    ['UTF-32 without a byte order mark', utf32('<t>é', true), 'text/xml; charset=utf-8', '<t>é'],
    ['UTF-32 with what is no character', Buffer.from([0, 0, 0, 0x3c, 0, 0x11, 0, 0, 0]), '', '<\ufffd'],
    ['Latin-1 by declaration', latin(`${prolog('ISO-8859-1')}Zürich`), '', `${prolog('ISO-8859-1')}Zürich`],
    ['Latin-1 by header', latin('<t>Zürich'), 'text/xml; charset="iso-8859-1"', '<t>Zürich'],
    ['undeclared bytes that are not UTF-8', latin('<t>Zürich'), 'text/xml', '<t>Zürich'],
    ['a UTF-8 declaration that does not hold', latin(`${prolog('utf-8')}Zürich`), '', `${prolog('utf-8')}Zürich`],
    ['windows-1252 quotes', Buffer.from([0x93, 0x41, 0x94]), '', '“A”'],
    ['UTF-8 under a wrong header', Buffer.from('<t>Règlement'), 'text/xml; charset=ISO-8859-1', '<t>Règlement'],
    ['Shift_JIS', Buffer.from([0x8a, 0xaf, 0x95, 0xf1]), 'text/xml; charset=Shift_JIS', '官報'],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe0, 0xe2, 0xee]), 'text/xml; charset=windows-1251', 'Право'],
    ['ISO-2022-JP, whose bytes are ASCII', Buffer.from('\x1b$B43Js\x1b(B'), 'text/xml; charset=iso-2022-jp', '干報'],
    [
      'undeclared Shift_JIS',
      Buffer.from('83748342815b83688a4a8e6e82b582dc82b582bd', 'hex'),
      '',
      'フィード開始しました',
    ],
    ['undeclared EUC-JP', Buffer.from('a5d5a5a3a1bca5c9a4c7a4b9', 'hex'), '', 'フィードです'],
    ['undeclared EUC-KR', Buffer.from('b4ebc7d1b9ceb1b920c1a4baceb4c2', 'hex'), '', '대한민국 정부는'],
    ['a charset nobody knows', Buffer.from('<t>plain'), 'text/xml; charset=x-klingon', '<t>plain'],
  ])('reads %s', (_, bytes, contentType, text) => {
    expect(decode(bytes, contentType)).toBe(text);
  });

  it('keeps UTF-8 that has one torn character among whole ones', () => {
    const torn = Buffer.concat([Buffer.from('Ελληνική Δημοκρατία '), Buffer.from([0xce])]);
    expect(decode(torn)).toBe('Ελληνική Δημοκρατία \ufffd');
  });

  it('takes no Western text for Japanese or Korean', () => {
    const words = fc.array(
      fc.constantFrom('Zürich', 'à', 'forêt', 'Ærø', 'naïve', 'señor', 'ÀÉÎ', 'œuvre', '«été»', ' '),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(words, (some) => {
        const text = `<t>${some.join('').replaceAll('œ', 'oe')}é!`;
        expect(decode(latin(text))).toBe(text);
      }),
    );
  });

  it('never throws, whatever the bytes and the header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, contentType) => {
        expect(typeof decode(bytes, contentType)).toBe('string');
      }),
    );
  });
});

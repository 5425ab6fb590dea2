import { describe, expect, it } from 'vitest';
import { repairOutline } from '../../../feeds/engines/outline.ts';
import { WorldError } from '../../../src/errors.ts';

describe('repairOutline', () => {
  it('leaves a sound feed as it is', () => {
    const xml =
      '<?xml version="1.0"?><rss><channel><item><title>a &amp; b</title><link>l</link></item></channel></rss>';
    expect(repairOutline(xml, 10)).toBe(xml);
  });

  it('keeps the first items only and closes what is around them', () => {
    const xml = `<rss><channel>${'<item><title>t</title></item>'.repeat(5)}<x/></channel></rss>`;
    expect(repairOutline(xml, 2)).toBe(`<rss><channel>${'<item><title>t</title></item>'.repeat(2)}</channel></rss>`);
  });

  it('keeps the whole entries of a document that was cut off', () => {
    const xml = '<feed><entry><title>a</title></entry><entry><content type="xhtml"><p>half</p></content><title>b';
    expect(repairOutline(xml, 10)).toBe('<feed><entry><title>a</title></entry></feed>');
  });

  it('escapes markup that stands bare in a text', () => {
    expect(repairOutline('<item><description>One <b>two</b></description></item>', 10)).toBe(
      '<item><description>One &lt;b&gt;two&lt;/b&gt;</description></item>',
    );
  });

  it('takes a bare “less than” for text', () => {
    const xml = '<rss><item><note>a < b</note></item><item></item></rss>';
    expect(repairOutline(xml, 10)).toBe(xml);
    expect(repairOutline(xml, 1)).toBe('<rss><item><note>a < b</note></item></rss>');
  });

  it('does not look for tags in CDATA and comments', () => {
    const xml = '<rss><item><title><![CDATA[</item></rss><b>]]></title></item></rss>';
    expect(repairOutline(xml, 10)).toBe(xml);
    expect(repairOutline('<rss><!-- </rss> --><item></item></rss>', 10)).toBe('<rss><item></item></rss>');
  });

  it('drops document types, so that no entity can be defined', () => {
    const xml = '<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><item></item></rss>';
    expect(repairOutline(xml, 10)).toBe('<rss><item></item></rss>');
  });

  it('drops end tags that nothing opened, and what follows the root', () => {
    expect(repairOutline('<rss></p></p></p><item></item></rss><rss></rss>', 10)).toBe('<rss><item></item></rss>');
  });

  it('refuses a document nested deeper than any feed', () => {
    expect(() => repairOutline(`<rss>${'<b>'.repeat(100_000)}`, 10)).toThrow(WorldError);
  });

  it('refuses a flood of attributes, and of tags before the first entry is whole', () => {
    expect(() => repairOutline(`<rss><item ${'a="1" '.repeat(10_000)}>`, 10)).toThrow(/tags too long/);
    expect(() => repairOutline(`<rss><item>${'<a/>'.repeat(300_000)}</item></rss>`, 10)).toThrow(/more tags/);
  });

  it('keeps the whole entries before a flood of tags', () => {
    expect(repairOutline(`<rss><item></item><item>${'<a/>'.repeat(300_000)}</item></rss>`, 10)).toBe(
      '<rss><item></item></rss>',
    );
  });

  it.each([
    ['start tags without ends', '<description>'],
    ['data sections without ends', '<description><![CDATA[</description>'],
    ['declarations', '<!x>'],
    ['brackets', '<'],
    ['end tags', '</x>'],
    ['items that never end', '<item>'.repeat(200)],
  ])('takes time in proportion to the length of %s', (_, piece) => {
    // Two million characters would take hours if the pass were quadratic, and the test would not end.
    const xml = `<rss>${piece.repeat(2_000_000 / piece.length)}`;
    try {
      expect(typeof repairOutline(xml, 1_000)).toBe('string');
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(WorldError);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairXml } from '../../../feeds/document/repair.ts';

describe('repairXml', () => {
  it.each([
    ['what stands before the first tag', 'Notice: x on line 3\n<rss/>', '<rss/>'],
    ['control characters', '<t>a\u0000b\u000bc\uffff</t>', '<t>abc</t>'],
    [
      'a document type',
      '<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//x" "http://x.example/d.dtd"><rss/>',
      '<?xml version="1.0"?>\n<rss/>',
    ],
    ['a document type with declarations', '<!DOCTYPE r [<!ELEMENT a (b)>\n] ><r/>', '<r/>'],
    ['a document type after comments', '<!-- <!DOCTYPE no> --><!doctype rss><rss/>', '<!-- <!DOCTYPE no> --><rss/>'],
    ['everything, where there is no tag', 'service unavailable', ''],
  ])('takes away %s', (_, text, expected) => {
    expect(repairXml(text)).toBe(expected);
  });

  it('leaves a document type alone that is part of a text', () => {
    const xml = '<rss><description><![CDATA[<!DOCTYPE html>]]></description></rss>';
    expect(repairXml(xml)).toBe(xml);
  });

  it('reads entities that are declared as short plain texts', () => {
    const subset = `<!ENTITY org "R &#38; D"><!ENTITY nbsp '&#160;'><!ENTITY org "second">`;
    const xml = `<!DOCTYPE r [${subset}]><r a="&org;">&nbsp;&amp;&none;</r>`;
    expect(repairXml(xml)).toBe('<r a="R &amp; D">\u00a0&amp;&none;</r>');
  });

  it.each([
    ['a file', '<!ENTITY x SYSTEM "file:///etc/passwd">'],
    ['an address', '<!ENTITY x PUBLIC "-//x" "http://127.0.0.1/x">'],
    ['other entities', '<!ENTITY y "ha"><!ENTITY x "&y;&y;">'],
    ['markup', '<!ENTITY x "<item/>">'],
    ['very long texts', `<!ENTITY x "${'A'.repeat(50_000)}">`],
    ['parameters', '<!ENTITY % x "y">'],
  ])('never reads entities that stand for %s', (_, subset) => {
    expect(repairXml(`<!DOCTYPE r [${subset}]><r>&x;</r>`)).toBe('<r>&x;</r>');
  });

  it('never lets entities blow a document up', () => {
    const repaired = repairXml(`<!DOCTYPE r [<!ENTITY a "${'A'.repeat(200)}">]><r>${'&a;'.repeat(100_000)}</r>`);
    expect(repaired.length).toBeLessThan(600_000);
  });

  it('never throws, and adds nothing to a text without declarations', () => {
    const piece = fc.constantFrom('<!DOCTYPE', '[', ']', '>', '<!--', '-->', '<r>', '&x;', '<?xml', ' ', 'a');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(repairXml(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

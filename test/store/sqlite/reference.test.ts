import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../store/sqlite/identity-rule.ts';
import { referenceOf } from '../../../store/sqlite/reference.ts';

describe('the number of a document', () => {
  it.each([
    ['a meeting’s coverage', { url: 'https://press.un.org/en/2026/sc16444.doc.htm' }, 'un sc16444'],
    ['the same meeting’s announcement', { url: 'https://press.un.org/en/blog/sc16444' }, 'un sc16444'],
    ['a UN document', { url: 'https://docs.un.org/en/A/RES/79/325' }, 'un a/res/79/325'],
    [
      'a published rule',
      { url: 'https://www.federalregister.gov/documents/2026/03/02/2026-04123/title' },
      'fr 2026-04123',
    ],
    ['its short link', { url: 'https://www.federalregister.gov/d/2026-04123?utm_source=x' }, 'fr 2026-04123'],
    ['a press release', { url: 'https://ec.europa.eu/commission/presscorner/detail/en/ip_26_1178' }, 'eu ip_26_1178'],
    ['its guid', { url: 'https://example.org/x', guid: 'https://ec.europa.eu/x/IP/26/1178' }, 'eu ip_26_1178'],
  ])('is found in %s', (_, draft, reference) => {
    expect(referenceOf(draft)).toBe(reference);
  });

  it.each([
    'https://press.un.org/en/content/meetings',
    'https://press.example.org/en/2026/sc16444.doc.htm',
    'https://www.federalregister.gov/agencies/industry-and-security-bureau',
    'https://www.gov.uk/government/news/new-director',
  ])('is not in %s', (url) => {
    expect(referenceOf({ url, guid: url })).toBeUndefined();
  });

  it('is looked for in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }), (guid, url) => {
        expect(['undefined', 'string']).toContain(typeof referenceOf({ guid, url }));
      }),
    );
  });
});

describe('the rule that a document shows to be needed', () => {
  const draft = (guid: string, url?: string) => ({
    guid,
    ...(url ? { url } : {}),
    title: `Title of ${url ?? guid}`,
    summary: '',
    categories: [],
  });
  const link = (name: string) => `https://a.example/${name}`;

  it('is none for ordinary feeds', () => {
    expect(ruleOf([draft('1', link('1')), draft('2', link('2')), draft('3', link('3'))])).toBeUndefined();
    expect(ruleOf([draft(link('1'), link('1')), draft(link('1'), link('1'))])).toBeUndefined();
    expect(ruleOf([])).toBeUndefined();
  });

  it('is the link where guids are shared or stamped with a time', () => {
    expect(ruleOf([draft('feed', link('1')), draft('feed', link('2'))])).toBe('link');
    const stamped = (name: string) => draft(`${link(name)}#2026-09-30T09:30:00+01:00`, link(name));
    expect(ruleOf([stamped('1'), stamped('2')])).toBe('link');
    expect(ruleOf([draft(`${link('1')}#part`, link('1')), draft(`${link('2')}#part`, link('2'))])).toBeUndefined();
  });

  it('is the reference where every entry has one that its guid is not already', () => {
    const press = (name: string) =>
      draft(`https://press.un.org/en/2026/${name}`, `https://press.un.org/en/2026/${name}.doc.htm`);
    expect(ruleOf([press('sc16444'), press('gadis3789')])).toBe('reference');
    const register = (number: string) =>
      draft(number, `https://www.federalregister.gov/documents/2026/03/02/${number}/x`);
    expect(ruleOf([register('2026-04123'), register('2026-04124')])).toBeUndefined();
  });
});

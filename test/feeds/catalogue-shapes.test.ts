import { describe, expect, it } from 'vitest';
import { catalogue } from '../../feeds/catalogue.ts';
import { parseDocument } from '../../feeds/kinds/parse.ts';
import { CATALOGUE_FIXTURES } from './catalogue-fixtures.ts';
import { fixture } from './fixture.ts';

describe('each source of the catalogue', () => {
  it('has a document of its shape, and each document a source', () => {
    const ids = catalogue().map(({ id }) => id);
    expect([...CATALOGUE_FIXTURES.keys()].sort()).toEqual(ids.toSorted());
  });

  it.each(catalogue().map(({ id, kind, url }) => [id, kind, url] as const))(
    '%s is read as %s, with titles and links',
    async (id, kind, url) => {
      const bytes = fixture(CATALOGUE_FIXTURES.get(id) ?? '');
      const { items } = await parseDocument(kind, { bytes, url: url.replace(/#.*$/, ''), listedAs: url });
      expect(items.length).toBeGreaterThan(0);
      for (const item of items) {
        expect(item.title).not.toBe('');
        expect(item.url).toMatch(/^https?:\/\//);
      }
    },
  );

  it.each(
    catalogue()
      .filter(({ kind }) => !['page', 'sitemap', 'msit-board', 'auto'].includes(kind))
      .map(({ id, url }) => [id, url] as const),
  )('%s is also told by its document alone', async (id, url) => {
    const { items } = await parseDocument('auto', { bytes: fixture(CATALOGUE_FIXTURES.get(id) ?? ''), url });
    expect(items.length).toBeGreaterThan(0);
  });
});

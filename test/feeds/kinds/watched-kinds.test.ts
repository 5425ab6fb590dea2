import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMsitBoard } from '../../../feeds/kinds/msit-board.ts';
import { parseSitemap } from '../../../feeds/kinds/sitemap.ts';
import { documentOf, fixture } from '../fixture.ts';

const SITEMAP = 'https://www.aisi.gov.uk/sitemap.xml';

describe('parseSitemap', () => {
  it('compares addresses alone: each once, with a title made from it and never a date', async () => {
    const { homepage, items } = await parseSitemap(documentOf(fixture('aisi-sitemap.xml'), SITEMAP));
    expect(homepage).toBe('https://www.aisi.gov.uk/');
    expect(items.map(({ url }) => url)).toEqual([
      'https://www.aisi.gov.uk/',
      'https://www.aisi.gov.uk/blog',
      'https://www.aisi.gov.uk/careers',
      'https://www.aisi.gov.uk/blog/how-we-test-agents',
      'https://www.aisi.gov.uk/blog/a-plan-for-joint-tests?x=1&y=2',
      'https://www.aisi.gov.uk/research/limits-of-monitoring',
    ]);
    expect(items[3]).toEqual({
      guid: 'https://www.aisi.gov.uk/blog/how-we-test-agents',
      url: 'https://www.aisi.gov.uk/blog/how-we-test-agents',
      title: 'How we test agents',
      summary: '',
      categories: [],
    });
  });

  it('keeps the parts of the site that its address names', async () => {
    const listedAs = `${SITEMAP}#path=/blog/&path=/research/`;
    const { items } = await parseSitemap({ ...documentOf(fixture('aisi-sitemap.xml'), SITEMAP), listedAs });
    expect(items.map(({ title }) => title)).toEqual([
      'How we test agents',
      'A plan for joint tests',
      'Limits of monitoring',
    ]);
  });

  it('names the sitemaps of an index, and says when nothing is left or there is too much', async () => {
    const index = '<sitemapindex><sitemap><loc>https://a.example/news.xml</loc></sitemap></sitemapindex>';
    await expect(parseSitemap(documentOf(index))).rejects.toThrow('add one of these: https://a.example/news.xml');
    const none = { ...documentOf(fixture('aisi-sitemap.xml'), SITEMAP), listedAs: `${SITEMAP}#path=/none/` };
    await expect(parseSitemap(none)).rejects.toThrow('none of the addresses');
    const many = Array.from({ length: 5_001 }, (_, number) => `<url><loc>https://a.example/${number}</loc></url>`);
    await expect(parseSitemap(documentOf(`<urlset>${many.join('')}</urlset>`))).rejects.toThrow('#path=/news/');
  });

  it('lets only web addresses through, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.webUrl(), fc.string(), fc.constant('javascript:alert(1)'))),
        async (places) => {
          const xml = `<urlset>${places.map((place) => `<url><loc>${place}</loc></url>`).join('')}</urlset>`;
          const { items } = await parseSitemap(documentOf(xml)).catch(() => ({ items: [] }));
          for (const { url, title } of items) expect([/^https?:/.test(url ?? ''), title !== '']).toEqual([true, true]);
        },
      ),
    );
  });
});

describe('parseMsitBoard', () => {
  const list = 'https://www.msit.go.kr/eng/bbs/list.do?sCode=eng&mPid=2&mId=4';

  it('reads rows that scripts write', async () => {
    const { items } = await parseMsitBoard(documentOf(fixture('pages/msit.html'), list));
    expect(items).toEqual([
      {
        guid: 'msit-42-1290',
        url: 'https://www.msit.go.kr/eng/bbs/view.do?sCode=eng&mPid=2&mId=4&bbsSeqNo=42&nttSeqNo=1290',
        title: 'Ministry opens support desk for the AI Basic Act & its decree',
        summary: '',
        publishedAt: '2026-09-18',
        categories: [],
        language: 'en',
      },
      expect.objectContaining({ title: 'Korea joins joint tests of institutes', publishedAt: '2026-09-03' }),
    ]);
  });

  it('says what came instead', async () => {
    await expect(parseMsitBoard(documentOf('<html><body>none</body></html>', list))).rejects.toThrow('a new design');
    await expect(parseMsitBoard(documentOf(fixture('stand-ins/maintenance.html'), list))).rejects.toThrow(
      'maintenance',
    );
  });
});

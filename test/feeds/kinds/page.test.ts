import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../feeds/catalogue.ts';
import { parsePage } from '../../../feeds/kinds/page.ts';
import { fixture } from '../fixture.ts';

/** A page as if it came from an address on the feed list. */
function page(name: string, listedAs: string, url = listedAs.replace(/#.*$/, '')) {
  return parsePage({ bytes: fixture(name), url, listedAs });
}

function ofCatalogue(id: string): string {
  return catalogue().find((entry) => entry.id === id)?.url ?? '';
}

async function rows(name: string, listedAs: string) {
  const { items } = await page(`pages/${name}`, listedAs);
  return items.map(({ title, url, publishedAt }) => [title, new URL(url ?? '').pathname, publishedAt]);
}

describe('parsePage', () => {
  it('reads the briefs and files of the scientific panel, each once, with a title for each', async () => {
    expect(await rows('un-scientific-panel.html', ofCatalogue('un-ai-scientific-panel'))).toEqual([
      [
        'Agents and oversight',
        '/independent-international-scientific-panel-ai/en/thematic-briefs/agents-and-oversight',
        undefined,
      ],
      [
        'Compute and access',
        '/independent-international-scientific-panel-ai/en/thematic-briefs/compute-and-access',
        undefined,
      ],
      [
        'First report, summary',
        '/independent-international-scientific-panel-ai/sites/default/files/2026-07/First%20report%2C%20summary.pdf',
        undefined,
      ],
    ]);
  });

  it('leaves out the menus of pages whose entries are plain links', async () => {
    expect(
      (await rows('un-global-dialogue.html', ofCatalogue('un-global-dialogue-ai'))).map(([title]) => title),
    ).toEqual(['Programme of the Geneva session', 'Summary by the co-chairs']);
    expect((await rows('un-odet.html', ofCatalogue('un-odet'))).map(([title]) => title)).toEqual([
      'Call for papers on digital public goods',
      'Review of the digital compact begins',
    ]);
  });

  it('makes a new date of the last update an item, and no other date', async () => {
    const url = ofCatalogue('eu-ai-office-page');
    expect((await page('pages/eu-ai-office.html', url)).items).toEqual([
      {
        guid: `${url}#updated-2026-09-28`,
        url,
        title: 'European AI Office: page updated',
        summary: '',
        publishedAt: '2026-09-28',
        categories: ['page update'],
        language: 'en',
      },
    ]);
  });

  it('takes no date from the text of an entry', async () => {
    expect(await rows('dpc.html', ofCatalogue('dpc-ie'))).toEqual([
      [
        'Commission opens inquiry into the training of a model',
        '/en/news-media/latest-news/inquiry-into-training-of-a-model',
        undefined,
      ],
      ['Annual report for 2025', '/en/news-media/press-releases/annual-report-2025', undefined],
    ]);
  });

  it.each([
    ['aisi-blog.html', 'https://www.aisi.gov.uk/blog', 'How we test agents', '2026-09-21'],
    ['enisa.html', 'https://www.enisa.europa.eu/news', 'Certification of wallets moves on', '2026-04-03'],
    ['bis.html', 'https://www.bis.gov/news-updates', 'Bureau revises rule on advanced chips', '2026-09-09'],
    [
      'nist-caisi.html',
      'https://www.nist.gov/caisi',
      'Center Evaluates a Model From Abroad',
      '2026-09-17T16:00:00.000Z',
    ],
    ['jp-aisi.html', 'https://aisi.go.jp/', 'AIセーフティに関する評価観点ガイド（第1.20版）', '2026-09-10'],
    ['iaps.html', 'https://www.iaps.ai/research', 'Verification of compute', '2026-09-02'],
    [
      'imda.html',
      'https://www.imda.gov.sg/resources/press-releases-factsheets-and-speeches/',
      'A framework for agents',
      '2026-01-22',
    ],
    ['ai-safety-report.html', 'https://internationalaisafetyreport.org/', 'Report 2026', undefined],
  ])('reads %s by the selectors we know for it', async (name, url, title, date) => {
    const [first, ...others] = await rows(name, url);
    expect([first?.[0], first?.[2], others.length]).toEqual([title, date, 1]);
  });

  it('reads any page by the selectors that its address carries', async () => {
    const listedAs = 'https://body.example/news#watch=li.collection__item&link=h3+a&title=h3&date=time&summary=p';
    const { title, homepage, items } = await page('pages/listing-cards.html', listedAs);
    expect([title, homepage]).toEqual(['Newsroom | A Ministry', 'https://body.example/news']);
    expect(items[1]).toMatchObject({ title: 'Report on compute in public hands is out', publishedAt: '2026-09-14' });
  });

  it.each([
    ['cloudflare-check.html', 'answered with a browser check (Cloudflare) instead of the page'],
    ['akamai-refusal.html', 'answered with a refusal (Akamai) instead of the page'],
    ['captcha.html', 'answered with a CAPTCHA instead of the page'],
    ['login.html', 'answered with a login page instead of the page'],
    ['sso.html', 'answered with a login page instead of the page'],
    ['consent.html', 'answered with a request for consent instead of the page'],
    ['maintenance.html', 'answered with a notice of maintenance instead of the page'],
    ['soft-404.html', 'answered with an error page instead of the page'],
  ])('never takes %s for content', async (name, error) => {
    await expect(page(`stand-ins/${name}`, 'https://body.example/news#watch=body')).rejects.toThrow(error);
  });

  it('says where a redirect to a login led, and what a page without entries may be', async () => {
    const listedAs = 'https://body.example/news#watch=article';
    await expect(page('pages/dpc.html', listedAs, 'https://body.example/user/login')).rejects.toThrow('a login page');
    await expect(page('stand-ins/normal-behind-cloudflare.html', listedAs)).rejects.toThrow(
      'a CAPTCHA instead of its list',
    );
    await expect(page('pages/dpc.html', listedAs)).rejects.toThrow('it may have a new design');
  });

  it('reads a page in the character set that the page itself names', async () => {
    const listedAs = 'https://body.example/news#watch=a';
    const start = Buffer.from(
      '<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"></head><body>',
    );
    // 日本 in Shift_JIS.
    const link = Buffer.concat([
      Buffer.from('<a href="/1">'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
      Buffer.from('</a>'),
    ]);
    const { items } = await parsePage({
      bytes: Buffer.concat([start, link]),
      url: 'https://body.example/news',
      listedAs,
    });
    expect(items[0]?.title).toBe('日本');
  });

  it('refuses to guess on its own', async () => {
    await expect(page('pages/listing-cards.html', 'https://body.example/news')).rejects.toThrow('/feeds test');
  });
});

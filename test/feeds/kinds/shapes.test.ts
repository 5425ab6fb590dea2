import { describe, expect, it } from 'vitest';
import { parseFederalRegister } from '../../../feeds/kinds/federal-register.ts';
import { parseDocument } from '../../../feeds/kinds/parse.ts';
import { documentOf, fixture } from '../fixture.ts';

async function firstItem(name: string, url = 'https://publisher.example/feed') {
  return (await parseDocument('rss', documentOf(fixture(name), url))).items[0];
}

describe('what publishers do in their own way', () => {
  it('Federal Register RSS escapes its descriptions twice', async () => {
    expect(await firstItem('shapes/federal-register.xml')).toMatchObject({
      summary: 'The agency asks for views on "agents" & their tests.',
      publishedAt: '2026-09-18T04:00:00.000Z',
    });
  });

  it('GOV.UK search feeds keep their ids and name the page in a link of type HTML', async () => {
    expect(await firstItem('shapes/govuk-finder.atom')).toMatchObject({
      guid: 'tag:www.gov.uk,2005:/government/news/institute-and-partners-agree-on-joint-tests',
      url: 'https://www.gov.uk/government/news/institute-and-partners-agree-on-joint-tests',
      publishedAt: '2026-09-17T08:30:04.000Z',
    });
  });

  it('GOV.UK organisation feeds give each republication a new id, which is the same entry', async () => {
    const text = fixture('govuk-organisation.atom').toString();
    const first = 'frontier-report#2026-09-30T09:30:00+01:00';
    expect(text).toContain(first);
    const again = text.replace(first, 'frontier-report#2026-10-04T16:45:00+01:00');
    const guids = async (feed: string) => (await parseDocument('atom', documentOf(feed))).items.map(({ guid }) => guid);
    expect(await guids(again)).toEqual(await guids(text));
  });

  it('GOV.UK answers 200 for a feed it has ended', async () => {
    await expect(firstItem('govuk-ended.atom')).rejects.toThrow('the publisher has ended this feed');
  });

  it('Press Corner ends its guids with the reference of the document', async () => {
    expect((await firstItem('shapes/presscorner.xml'))?.guid).toMatch(/\/ip_26_1901$/);
  });

  it('Drupal links from the root of the site and puts markup into descriptions', async () => {
    expect(await firstItem('shapes/drupal.xml')).toMatchObject({
      guid: '20311 at https://agency.example',
      url: 'https://agency.example/en/news/inquiry-chatbot-training-data',
      title: "Agency opens inquiry into a chatbot's training data",
      summary: expect.stringContaining('The agency will look at how the data was gathered.'),
    });
  });

  it('EDPS writes entities where characters would do', async () => {
    expect(await firstItem('shapes/edps.xml')).toMatchObject({
      title: 'Opinion on AI agents in public bodies',
      summary: 'Café talk – «agents» need a person who answers for them.',
    });
  });

  it('WordPress ends each summary with its own name, which says nothing', async () => {
    expect((await firstItem('shapes/wordpress.xml'))?.summary).toBe('Four conditions, and who could meet them. […]');
  });

  it('some servers send a browser check in place of a feed, with status 200', async () => {
    await expect(firstItem('stand-ins/cloudflare-check.html')).rejects.toThrow(
      'answered with a browser check (Cloudflare) instead of a feed',
    );
  });

  it('some feeds have neither dates nor guids', async () => {
    const item = await firstItem('shapes/pib.xml');
    expect(item).toMatchObject({ url: 'https://press.example/PressReleasePage.aspx?PRID=2160001' });
    expect(item).not.toHaveProperty('publishedAt');
    expect(item).not.toHaveProperty('guid');
  });

  it('the Federal Register numbers executive orders with digits or text', async () => {
    const order = (number: unknown) => ({ document_number: '2026-1', title: 'Tests', executive_order_number: number });
    const answer = { count: 2, results: [order(14_400), order('14400'), order(null)] };
    const { items } = await parseFederalRegister(documentOf(JSON.stringify(answer)));
    expect(items.map(({ categories }) => categories)).toEqual([
      ['Executive Order 14400'],
      ['Executive Order 14400'],
      [],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { parseFederalRegister } from '../../../feeds/kinds/federal-register.ts';
import { parseFeedSource } from '../../../feeds/kinds/feed.ts';
import { parseGovukSearch } from '../../../feeds/kinds/govuk-search.ts';
import { acceptHeader, parseDocument } from '../../../feeds/kinds/parse.ts';
import { FEED_KINDS } from '../../../src/model.ts';
import { documentOf, fixture } from '../fixture.ts';

describe('parseFeedSource', () => {
  it('reads a JSON Feed and leaves out what is no entry', async () => {
    expect(await parseFeedSource(documentOf(fixture('feed.json')))).toEqual({
      title: 'Model Watch',
      homepage: 'https://modelwatch.example/',
      items: [
        {
          guid: 'https://modelwatch.example/posts/1',
          url: 'https://modelwatch.example/posts/1',
          title: 'Regulators publish "first" joint test plan',
          summary: 'Seven offices agreed on one plan.',
          publishedAt: '2026-09-20T08:00:00.000Z',
          categories: ['testing', 'networks'],
          language: 'en',
        },
        {
          guid: '2',
          url: 'https://publisher.example/posts/2',
          title: 'A short note without a title.',
          summary: 'A short note without a title.',
          categories: [],
          language: 'en',
        },
      ],
    });
  });

  it('says what it got instead', async () => {
    await expect(parseFeedSource(documentOf('{"status":"ok"}'))).rejects.toThrow(
      'answered with JSON that is not a JSON Feed',
    );
    await expect(parseFeedSource(documentOf('{"version":'))).rejects.toThrow('answered with broken JSON');
    await expect(parseFeedSource(documentOf(fixture('page.html')))).rejects.toThrow('a web page instead of a feed');
  });
});

describe('parseFederalRegister', () => {
  it('reads documents: days without a time, missing abstracts, agencies as categories', async () => {
    const { title, items } = await parseFederalRegister(documentOf(fixture('federal-register.json')));
    expect(title).toBe('Documents matching artificial intelligence');
    expect(items).toEqual([
      {
        guid: '2026-18001',
        url: 'https://www.federalregister.gov/documents/2026/09/14/2026-18001/request-for-information',
        title: 'Request for Information on Evaluating AI Agents',
        summary: 'The institute asks how the security of AI agents should be measured.',
        publishedAt: '2026-09-14',
        categories: ['Commerce Department', 'National Institute of Standards and Technology', 'Notice'],
        language: 'en',
      },
      expect.objectContaining({
        guid: '2026-18002',
        summary: '',
        categories: ['Executive Office of the President', 'Presidential Document', 'Notice'],
      }),
    ]);
  });

  it('reads documents on public inspection: a real time, and subjects where there is no title yet', async () => {
    const { items } = await parseFederalRegister(documentOf(fixture('public-inspection.json')));
    expect(items).toEqual([
      expect.objectContaining({
        title: 'Export Administration Regulations: Advanced Computing Items',
        publishedAt: '2026-09-15T12:45:00.000Z',
      }),
    ]);
  });

  it('takes an answer without hits for what it is, and an error for an error', async () => {
    expect((await parseFederalRegister(documentOf('{"description":"None","count":0}'))).items).toEqual([]);
    await expect(parseFederalRegister(documentOf('{"status":"400","message":"Bad term"}'))).rejects.toThrow(
      'answered without documents: Bad term',
    );
    await expect(parseFederalRegister(documentOf('{"errors":{"per_page":"too many"}}'))).rejects.toThrow(/per_page/);
    await expect(parseFederalRegister(documentOf('[]'))).rejects.toThrow('not of the Federal Register');
  });

  it('says so when no entry has the form it knows', async () => {
    await expect(parseFederalRegister(documentOf('{"count":2,"results":[1,{}]}'))).rejects.toThrow(
      '2 entries of a form that this reader does not know',
    );
  });
});

describe('parseGovukSearch', () => {
  it('reads results: links from the root of GOV.UK, which are the identity', async () => {
    expect((await parseGovukSearch(documentOf(fixture('govuk-search.json')))).items).toEqual([
      {
        guid: 'https://www.gov.uk/government/news/joint-testing-exercise',
        url: 'https://www.gov.uk/government/news/joint-testing-exercise',
        title: 'International network agrees joint testing exercise',
        summary: 'Members will test agents together.',
        publishedAt: '2026-09-22T08:30:00.000Z',
        categories: ['press release'],
        language: 'en',
      },
    ]);
  });

  it('says what it got instead', async () => {
    await expect(parseGovukSearch(documentOf('{"count":0}'))).rejects.toThrow('not of the GOV.UK Search API');
  });
});

describe('parseDocument', () => {
  it.each([
    ['un-press.xml', 'UN Meetings Coverage and Press Releases'],
    ['govuk-organisation.atom', 'AI Security Institute - Activity on GOV.UK'],
    ['soumu.rdf', '総務省'],
    ['feed.json', 'Model Watch'],
    ['federal-register.json', 'Documents matching artificial intelligence'],
  ])('finds out the kind of %s by itself', async (name, title) => {
    expect((await parseDocument('auto', documentOf(fixture(name)))).title).toBe(title);
  });

  it('finds out GOV.UK search answers and public inspection by themselves', async () => {
    expect((await parseDocument('auto', documentOf(fixture('govuk-search.json')))).items).toHaveLength(1);
    expect((await parseDocument('auto', documentOf(fixture('public-inspection.json')))).items).toHaveLength(1);
  });

  it('asks for something for every kind', () => {
    for (const kind of FEED_KINDS) expect(acceptHeader(kind)).toContain('application/');
  });
});

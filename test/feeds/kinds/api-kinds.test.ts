import { describe, expect, it } from 'vitest';
import { parseCanadaNews } from '../../../feeds/kinds/canada-news.ts';
import { parseCellar } from '../../../feeds/kinds/cellar.ts';
import { parseEuroparlProcedure } from '../../../feeds/kinds/europarl-procedure.ts';
import { documentOf, fixture } from '../fixture.ts';

describe('parseCellar', () => {
  it('reads works by CELEX number, each once with all its relations', async () => {
    const { items, hints } = await parseCellar(documentOf(fixture('cellar.json')));
    expect(hints).toEqual({ ttl: 1_440 });
    expect(items).toEqual([
      {
        guid: '32026R1999',
        url: 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32026R1999',
        title: 'Commission Implementing Regulation (EU) 2026/1999 on the register of high-risk AI systems',
        summary: 'CELEX 32026R1999: based on it, supplements it',
        publishedAt: '2026-08-03',
        categories: ['based on it', 'supplements it'],
        language: 'en',
      },
      {
        guid: '32024R1689R(03)',
        url: 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32024R1689R(03)',
        title: '32024R1689R(03) (corrects it)',
        summary: 'CELEX 32024R1689R(03): corrects it',
        publishedAt: '2026-05-11',
        categories: ['corrects it'],
        language: 'en',
      },
    ]);
  });

  it('takes an answer without works for one, and says what else came', async () => {
    expect((await parseCellar(documentOf('{"head":{},"results":{"bindings":[]}}'))).items).toEqual([]);
    await expect(parseCellar(documentOf('{"boolean":true}'))).rejects.toThrow('not a result of SPARQL');
    await expect(parseCellar(documentOf('<sparql xmlns="x"/>'))).rejects.toThrow('XML instead of JSON');
    await expect(parseCellar(documentOf(fixture('stand-ins/aws.html')))).rejects.toThrow('a browser check (AWS)');
  });
});

describe('parseCanadaNews', () => {
  it('reads the JSON of the news API', async () => {
    const url = 'https://api.io.canada.ca/io-server/gc/news/en/v2?format=json';
    expect(await parseCanadaNews(documentOf(fixture('canada-news.json'), url))).toEqual({
      title: 'Canada News Centre',
      homepage: 'https://www.canada.ca/en/news.html',
      items: [
        {
          guid: 'https://www.canada.ca/en/industry/news/2026/09/institute-publishes-report.html',
          url: 'https://www.canada.ca/en/industry/news/2026/09/institute-publishes-report.html',
          title: 'Institute publishes first report on model testing',
          summary: 'The report covers eleven models & two languages.',
          publishedAt: '2026-09-21T14:00:00.000Z',
          categories: ['Department of Industry', 'news releases'],
          language: 'en',
        },
        expect.objectContaining({ title: 'Minister to speak on AI', publishedAt: '2026-09-18', summary: '' }),
      ],
    });
  });

  it('reads its Atom with the same identity', async () => {
    const [json, atom] = await Promise.all(
      ['canada-news.json', 'canada-news.atom'].map((name) => parseCanadaNews(documentOf(fixture(name)))),
    );
    expect(atom?.items[0]?.guid).toBe(json?.items[0]?.guid);
  });

  it('says what else came', async () => {
    await expect(parseCanadaNews(documentOf('{"message":"bad request"}'))).rejects.toThrow('Government of Canada');
  });
});

describe('parseEuroparlProcedure', () => {
  it('reads the events of a procedure, in words', async () => {
    const feed = await parseEuroparlProcedure(documentOf(fixture('europarl-procedure.json')));
    expect(feed.title).toBe('2031/0001(COD) Regulation on tests of AI models');
    expect(feed.items).toEqual([
      {
        guid: 'eli/dl/event/2031-0001-TBL-2031-02-03',
        url: 'https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2031%2F0001(COD)',
        title: '2031/0001(COD): committee tabling report',
        summary: 'Regulation on tests of AI models. Stage: RDG1',
        publishedAt: '2026-02-03',
        categories: ['committee tabling report'],
        language: 'en',
      },
      expect.objectContaining({ title: '2031/0001(COD): plenary vote', publishedAt: '2026-03-09' }),
    ]);
  });

  it('says what else came', async () => {
    await expect(parseEuroparlProcedure(documentOf('{"data":[]}'))).rejects.toThrow('no procedure');
  });
});

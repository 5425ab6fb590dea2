import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../feeds/parse.ts';

const url = 'https://publisher.example/news/feed.xml';

describe('the texts of an entry', () => {
  it('are read as they were meant where they were encoded twice, each by itself', async () => {
    const { items } = await parseFeed(
      Buffer.from(
        '<rss><channel><item><title>CrÃ\u00adticas</title><description>Ã© – é</description><category>VidÃ©o</category></item></channel></rss>',
      ),
      { url, contentType: 'application/xml' },
    );
    expect(items).toMatchObject([{ title: 'Críticas', summary: 'Ã© – é', categories: ['Vidéo'] }]);
  });
});

import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../feeds/parse.ts';

async function hintsIn(channel: string) {
  const namespace = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"';
  const xml = `<rss version="2.0" ${namespace} xmlns:a="http://www.w3.org/2005/Atom"><channel>${channel}</channel></rss>`;
  return (await parseFeed(Buffer.from(xml), { url: 'https://a.example/feed' })).hints;
}

describe('the hints of a feed', () => {
  it('are none where it gives none', async () => {
    expect(await hintsIn('<title>t</title><item><title>x</title></item>')).toEqual({});
  });

  it.each([
    ['<ttl> 90 </ttl>', 90],
    ['<sy:updatePeriod>daily</sy:updatePeriod>', 1_440],
    ['<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>', 30],
    ['<ttl>15</ttl><sy:updatePeriod>daily</sy:updatePeriod>', 15],
    ['<ttl>soon</ttl>', undefined],
    ['<ttl>0</ttl>', undefined],
    ['<ttl>-5</ttl><sy:updatePeriod>often</sy:updatePeriod>', undefined],
  ])('tell how long a document may be kept: %s', async (channel, ttl) => {
    expect((await hintsIn(channel)).ttl).toBe(ttl);
  });

  it('tell hours and days without news, each once, and leave out what is neither', async () => {
    const channel =
      '<skipHours><hour>0</hour><hour>24</hour><hour>07</hour><hour>25</hour><hour>x</hour></skipHours><skipDays><day>Sunday</day><day>SUN</day><day>Someday</day></skipDays>';
    expect(await hintsIn(channel)).toEqual({ skipHours: [0, 7], skipDays: ['sun'] });
  });

  it('name a hub at a web address only, and not the hub of an entry', async () => {
    expect(await hintsIn('<a:link rel="HUB" href="https://hub.example/"/>')).toEqual({ hub: 'https://hub.example/' });
    expect(await hintsIn('<a:link rel="hub" href="file:///x"/>')).toEqual({});
    expect(await hintsIn('<item><a:link rel="hub" href="https://hub.example/"/></item>')).toEqual({});
  });
});

import { describe, expect, it } from 'vitest';
import { foundBlocks } from '../../src/found-source.ts';

describe('what was found behind an address', () => {
  const found = { url: 'https://a.example/feed', kind: 'auto', how: 'given', items: [], others: [] } as const;

  it('says where the site asks programs not to read it, and leaves the choice to the person', () => {
    expect(foundBlocks(found)).toEqual([]);
    const words = JSON.stringify(foundBlocks({ ...found, disallowed: true }));
    expect(words).toContain('robots.txt');
    expect(words).toContain('It can be added');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRobots, readRobots } from '../../../feeds/http/robots.ts';
import { DAY, HOUR, plus } from '../../../src/time.ts';

describe('a robots.txt', () => {
  it.each([
    ['User-agent: *\nCrawl-delay: 420', 420_000],
    ['User-agent: *\nCrawl-delay: 5\n\nUser-agent: Barrierwatch\nCrawl-delay: 30', 30_000],
    ['User-agent: Googlebot\nUser-agent: barrierwatch/1.0\nCrawl-delay: 7.5 # seconds', 7_500],
    ['User-agent: Googlebot\nCrawl-delay: 9', 0],
    ['User-agent: *\nCrawl-delay: soon', 0],
    ['User-agent: *\nCrawl-delay: 99999999', HOUR],
    ['Crawl-delay: 9', 0],
    ['', 0],
  ])('%j asks for a delay of %i ms', (text, delay) => {
    expect(readRobots(text).delay).toBe(delay);
  });

  it.each([
    ['User-agent: *\nDisallow: /', '/feed', false],
    ['User-agent: *\nDisallow:', '/feed', true],
    ['User-agent: *\r\nDisallow: /news/\r\nAllow: /news/feed', '/news/feed.xml', true],
    ['User-agent: *\nDisallow: /news/\nAllow: /news/', '/news/feed.xml', true],
    ['User-agent: *\nDisallow: */news/', '/feed/en/news/topic/all', false],
    ['User-agent: *\nDisallow: /*.xml$', '/feed.xml', false],
    ['User-agent: *\nDisallow: /*.xml$', '/feed.xml?all', true],
    ['User-agent: *\nDisallow: /feed$', '/feeds', true],
    ['User-agent: *\nDisallow: /feed$', '/feed', false],
    ['User-agent: *\nDisallow: /\n\nUser-agent: BarrierWatch\nAllow: /', '/feed', true],
    ['User-agent: Googlebot\nDisallow: /', '/feed', true],
    ['<!doctype html><p>Not found', '/feed', true],
  ])('%j says of %s: %s', (text, path, isAllowed) => {
    expect(readRobots(text).allows(path)).toBe(isAllowed);
  });

  it('is read in no time, whatever stands in it', () => {
    const line = fc.constantFrom('User-agent: *', 'Disallow: /a*a*a*b$', 'Allow: *', 'Crawl-delay: 1', ':', '\u0000');
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 300 }), fc.string(), (lines, path) => {
        const robots = readRobots(lines.join('\n'));
        expect(typeof robots.allows(`/${path}`)).toBe('boolean');
        expect(robots.delay).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(readRobots(`User-agent: *\nDisallow: /${'a*'.repeat(5_000)}b`).allows(`/${'a'.repeat(10_000)}`)).toBe(true);
  });
});

describe('the memory of robots.txt', () => {
  it('asks each site once a day, and takes a failure for silence', async () => {
    let now = '2026-10-01T06:00:00.000Z';
    const asked: string[] = [];
    const robots = createRobots({ now: () => now }, async (url) => {
      asked.push(url.href);
      if (url.host === 'b.example') throw new Error('lost');
      return 'User-agent: *\nDisallow: /';
    });
    const allows = async (address: string) => (await robots(new URL(address))).allows('/feed');
    expect(await Promise.all([allows('https://a.example/feed'), allows('https://a.example/other')])).toEqual([
      false,
      false,
    ]);
    expect(await allows('https://b.example/feed')).toBe(true);
    now = plus(now, DAY);
    expect(await allows('https://a.example/feed')).toBe(false);
    expect(asked).toEqual([
      'https://a.example/robots.txt',
      'https://b.example/robots.txt',
      'https://a.example/robots.txt',
    ]);
  });
});

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { likelyStandIn, standInPage, standInPlace } from '../../../feeds/page-watch/stand-in.ts';
import { fixture } from '../fixture.ts';

describe('a page that comes in place of another', () => {
  it.each([
    ['cloudflare-check.html', 'a browser check (Cloudflare)'],
    ['cloudflare-refusal.html', 'a refusal (Cloudflare)'],
    ['akamai-refusal.html', 'a refusal (Akamai)'],
    ['akamai-check.html', 'a browser check (Akamai)'],
    ['imperva.html', 'a browser check (Imperva)'],
    ['aws.html', 'a browser check (AWS)'],
    ['datadome.html', 'a CAPTCHA (DataDome)'],
    ['f5.html', 'a refusal (F5)'],
    ['council-check.html', 'a browser check'],
    ['captcha.html', 'a CAPTCHA'],
    ['login.html', 'a login page'],
    ['sso.html', 'a login page'],
    ['consent.html', 'a request for consent'],
    ['maintenance.html', 'a notice of maintenance'],
    ['soft-404.html', 'an error page'],
  ])('%s is %s', (name, what) => {
    expect(standInPage(fixture(`stand-ins/${name}`).toString())).toBe(what);
  });

  it('is not seen in a page behind Cloudflare, nor in one that has a CAPTCHA in a form, nor in any page to watch', () => {
    expect(standInPage(fixture('stand-ins/normal-behind-cloudflare.html').toString())).toBeUndefined();
    const pages = readdirSync(new URL('../../fixtures/feeds/pages/', import.meta.url));
    expect(pages.length).toBeGreaterThan(10);
    for (const name of pages) expect(standInPage(fixture(`pages/${name}`).toString()), name).toBeUndefined();
  });

  it.each([
    ['Access denied | A Body', 'a refusal'],
    ['404 Not Found', 'an error page'],
    ['503 Service Temporarily Unavailable', 'an error page'],
    ['Log in - A Body', 'a login page'],
    ['Please wait...', 'a browser check'],
    ['Loginov speaks on AI', undefined],
    ['Maintenance of standards: a new guide', undefined],
    ['AI and access denied to users', undefined],
    ['Not found guilty', undefined],
    ['404 Magazine', undefined],
    ['News | A Body', undefined],
  ])('is told by its title: “%s”', (title, what) => {
    expect(standInPage(`<html><head><title>\n ${title} </title></head></html>`)).toBe(what);
  });

  it.each([
    ['https://a.example/news', 'https://login.a.example/?next=%2Fnews', 'a login page'],
    ['https://a.example/news', 'https://a.example/user/login?destination=news', 'a login page'],
    ['https://a.example/news', 'https://login.microsoftonline.com/x', 'a login page'],
    ['https://a.example/news', 'https://consent.a.example/collect', 'a request for consent'],
    ['https://a.example/login/news', 'https://a.example/login/news/', undefined],
    ['https://a.example/news', 'https://www.a.example/en/news', undefined],
    ['https://a.example/news', 'https://a.example/blogging-in/authors', undefined],
  ])('asked %s, answered from %s: %s', (asked, answered, what) => {
    expect(standInPlace(asked, answered)).toBe(what);
  });

  it('is guessed where a page shows no entries', () => {
    expect(likelyStandIn('<form><input name="p" type="password"></form>')).toBe('a login page');
    expect(likelyStandIn('<div class="h-captcha"></div>')).toBe('a CAPTCHA');
    expect(likelyStandIn('<noscript>You need to enable JavaScript to run this app.</noscript>')).toContain(
      'JavaScript',
    );
    expect(likelyStandIn('<button>Accept all cookies</button>')).toBe('a request for consent');
    expect(likelyStandIn('<p>Nothing</p>')).toBeUndefined();
  });
});

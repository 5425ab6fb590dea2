/** Whose word counts most on an event: the body's own text, another public body, an independent observer, the press. */
import { contentWords } from './event-words.ts';
import type { ReadItem } from './model.ts';

/** From most to least; an event is led by the item that stands first. */
export const AUTHORITIES = ['own-text', 'official', 'independent', 'press'] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Domains that only public bodies hold: governments (`gov.uk`, `go.jp`, `gouv.fr`), the EU, the UN, treaty organisations. */
const PUBLIC =
  /(?:^|\.)(?:gov|mil|int|europa\.eu|un\.org|gov\.[a-z]{2}|govt\.nz|gob\.[a-z]{2}|gouv\.fr|go\.(?:jp|kr|id|th|ke)|gc\.ca|canada\.ca|bund\.de|admin\.ch|parliament\.uk|senate\.ca)$/;

/** Public bodies under names that anybody may hold. */
const PUBLIC_HOSTS =
  'unesco.org ohchr.org unidir.org unoda.org unicef.org oecd.org oecd.ai g7.org cnil.fr bundesnetzagentur.de dataprotection.ie bsi.bund.de nice.org.uk ico.org.uk ofcom.org.uk garanteprivacy.it aepd.es autoriteitpersoonsgegevens.nl imy.se datatilsynet.dk azop.hr internationalaisafetyreport.org'.split(
    ' ',
  );

/** Newspapers, agencies and newsletters, which retell; what is neither here nor public counts as independent. */
const PRESS_HOSTS =
  'substack.com beehiiv.com medium.com ghost.io newsletter.safe.ai transformernews.ai reuters.com apnews.com bbc.com bbc.co.uk nytimes.com washingtonpost.com wsj.com ft.com bloomberg.com theguardian.com politico.com politico.eu euractiv.com euronews.com theverge.com wired.com techcrunch.com axios.com thehill.com cnbc.com cnn.com fortune.com time.com theregister.com arstechnica.com iapp.org mondaq.com'.split(
    ' ',
  );

/** What headlines call the body behind a domain, as `contentWords` writes it; the longest domain that fits counts. */
const BODIES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'un.org': ['un', 'assembly', 'securitycouncil', 'unchief'],
    'unesco.org': ['unesco'],
    'unicef.org': ['unicef'],
    'ohchr.org': ['ohchr'],
    'itu.int': ['itu'],
    'coe.int': ['coe'],
    'nato.int': ['nato'],
    'who.int': ['who'],
    'oecd.org': ['oecd'],
    'oecd.ai': ['oecd'],
    'europa.eu': ['eu', 'commission', 'parliament', 'aioffice'],
    'europarl.europa.eu': ['parliament'],
    'consilium.europa.eu': ['council'],
    'edpb.europa.eu': ['edpb'],
    'edps.europa.eu': ['edps'],
    'whitehouse.gov': ['trump', 'executiveorder', 'president'],
    'nist.gov': ['nist', 'caisi', 'aisi'],
    'ftc.gov': ['ftc'],
    'justice.gov': ['doj'],
    'commerce.gov': ['commerce'],
    'bis.gov': ['commerce'],
    'bis.doc.gov': ['commerce'],
    'state.gov': ['state'],
    'war.gov': ['pentagon'],
    'defense.gov': ['pentagon'],
    'congress.gov': ['congress', 'senate', 'house'],
    'ca.gov': ['california'],
    'ny.gov': ['newyork'],
    'colorado.gov': ['colorado'],
    'texas.gov': ['texas'],
    'aisi.gov.uk': ['aisi'],
    'gov.uk': ['uk'],
    'ico.org.uk': ['ico'],
    'ofcom.org.uk': ['ofcom'],
    'canada.ca': ['canada'],
    'cnil.fr': ['cnil'],
    'dataprotection.ie': ['dpc'],
    'bundesnetzagentur.de': ['bundesnetzagentur'],
  }),
);

/**
 * The authority of an item among the items of its event, whose titles hold the words `named` (see `wordsNamed`). It follows from
 * the host of its link; without a link from its stream, since only the stream `analysis` is not of public bodies.
 */
export function authorityOf({ item, feed }: ReadItem, named: ReadonlySet<string>): Authority {
  const host = hostOf(item.url);
  if (host === undefined) return feed.stream === 'analysis' ? 'independent' : 'official';
  if (PUBLIC.test(host) || isUnder(host, PUBLIC_HOSTS)) {
    return bodyOf(host).some((word) => named.has(word)) ? 'own-text' : 'official';
  }
  return isUnder(host, PRESS_HOSTS) ? 'press' : 'independent';
}

/** True of what public bodies publish themselves. */
export function isOfficial(item: ReadItem): boolean {
  return authorityOf(item, new Set()) === 'official';
}

/** The words by which titles may name a body. */
export function wordsNamed(items: readonly ReadItem[]): ReadonlySet<string> {
  return new Set(items.flatMap(({ item }) => contentWords(item.title).map(({ key }) => key)));
}

function bodyOf(host: string): readonly string[] {
  const labels = host.split('.');
  for (let at = 0; at < labels.length; at++) {
    const body = BODIES.get(labels.slice(at).join('.'));
    if (body) return body;
  }
  return [];
}

function isUnder(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** Undefined for no link, or one that is no address. */
function hostOf(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed?.hostname || undefined;
}

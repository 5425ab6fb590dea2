import type { ItemDraft } from '../../src/model.ts';

/** Where bodies write the number of a document into its address; what stands before the number only says where it is shown. */
const IN_LINKS: readonly (readonly [body: string, pattern: RegExp])[] = [
  // press.un.org shows one meeting as /en/2026/sc16444.doc.htm and as /en/blog/sc16444.
  [
    'un',
    /^https?:\/\/press\.un\.org\/[a-z]{2}\/(?:\d{4}|blog)\/([a-z]+\d+[a-z0-9.-]*?)(?:\.doc(?:\.htm)?)?\/?(?:[?#]|$)/i,
  ],
  // docs.un.org and undocs.org lead to a document by its symbol, such as A/RES/79/325.
  ['un', /^https?:\/\/(?:docs\.un|undocs)\.org\/(?:[a-z]{2}\/)?([A-Z]+\/[A-Za-z0-9/.()-]+?)\/?(?:[?#]|$)/],
  // federalregister.gov/documents/2026/03/02/2026-04123/title-of-the-document, or /d/2026-04123
  [
    'fr',
    /^https?:\/\/(?:www\.)?federalregister\.gov\/(?:[a-z-]+\/)+(?:\d{4}\/\d{2}\/\d{2}\/)?([A-Z0-9]{1,4}-\d{4,6})(?:[/?#]|$)/,
  ],
  // ec.europa.eu/commission/presscorner/detail/en/ip_26_1178
  ['eu', /^https?:\/\/ec\.europa\.eu\/commission\/presscorner\/detail\/[a-z]{2}\/([a-z]+_\d{2}_\d+)(?:[/?#]|$)/i],
];

/** `IP/26/1178` or `ip_26_1178`, alone or at the end of a guid: a reference of the Commission's Press Corner. */
const PRESS_CORNER = /(?:^|[/:=])([a-z]{2,12})[_/](\d{2})[_/](\d{1,5})$/i;

/** The body's own number of the document that an entry is about, such as `un sc16444`; undefined where it shows none. */
export function referenceOf({ url = '', guid = '' }: Pick<ItemDraft, 'url' | 'guid'>): string | undefined {
  for (const text of [url.trim(), guid.trim()]) {
    for (const [body, pattern] of IN_LINKS) {
      const number = pattern.exec(text)?.[1];
      if (number !== undefined) return `${body} ${number.toLowerCase()}`;
    }
  }
  const parts = PRESS_CORNER.exec(guid.trim());
  return parts === null ? undefined : `eu ${parts.slice(1).join('_').toLowerCase()}`;
}

/** What was found behind an address, in words and buttons: for `/feeds add` and `/feeds test`. */
import { type Block, type Button, paragraph } from './card.ts';
import type { FoundSource } from './source-finder.ts';

const LONGEST_LABEL = 60;

/** How the source was found, for people who gave the address of a page; nothing where they gave that of the source itself. */
export function foundBlocks(found: FoundSource): Block[] {
  return [...placeBlocks(found), ...(found.disallowed ? [paragraph(DISALLOWED)] : [])];
}

const DISALLOWED =
  'The site’s robots.txt asks programs that follow links not to read this address. It can be added, since you named it yourself; ask the publisher where that matters.';

function placeBlocks({ how, url }: FoundSource): Block[] {
  switch (how) {
    case 'given':
      return [];
    case 'named':
      return [paragraph(`The page names this feed: ${url}`)];
    case 'usual':
      return [paragraph(`The page names no feed; this one was found where sites keep theirs: ${url}`)];
    case 'list':
      return [
        paragraph(
          'No feed was found there, but the page shows a list that can be watched: an entry counts when two readings in a row show it.',
        ),
      ];
  }
}

/** What can be put on the list in place of the source that was found. */
export function otherButtons({ others, list }: FoundSource, words = ''): Button[] {
  const feeds = others.map(({ url, title }) => ({
    label: `Add ${title ?? new URL(url).pathname}`.slice(0, LONGEST_LABEL),
    command: `/feeds add ${url}${words}`,
  }));
  return list === undefined ? feeds : [...feeds, { label: 'Watch the page', command: `/feeds add ${list}${words}` }];
}

/** The options of a `/feeds add` after the address, as they are typed. */
export function typedOptions({ stream, title }: { stream?: string | undefined; title?: string | undefined }): string {
  const name = title?.replace(/["“”„«»\s]+/g, ' ').trim();
  return `${stream ? ` stream:${stream}` : ''}${name ? ` title:"${name}"` : ''}`;
}

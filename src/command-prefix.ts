/** Command names with a prefix, for workspaces where `/feeds` is another app's: `/bw-feeds` is registered and shown instead. */
import type { Block, Card, TextRun } from './card.ts';
import { ROOTS, type Root } from './command.ts';

/** A command as our own words name it: a word of its own, perhaps in quotes or brackets. Addresses such as `x.org/feeds` are none. */
const NAMED = new RegExp(`(?<=(?:^|\\s)["'“„«‘(\\[]*)/(?=(?:${ROOTS.join('|')})(?![\\w/-]))`, 'g');

/** The text with each command in it under its prefixed name. */
export function prefixedText(text: string, prefix: string): string {
  return prefix === '' ? text : text.replace(NAMED, `/${prefix}`);
}

/** The root that a platform's command name stands for; undefined when it is none of ours. */
export function rootOf(name: string, prefix: string): Root | undefined {
  const bare = name.replace(/^\//, '');
  return ROOTS.find((root) => bare === `${prefix}${root}`);
}

/** The card with its own words prefixed; titles, quotes and excerpts of items stay as they are, and so do button commands. */
export function prefixed(card: Card, prefix: string): Card {
  if (prefix === '') return card;
  return {
    ...card,
    blocks: card.blocks.map((block) => prefixedBlock(block, prefix)),
    ...(card.thread ? { thread: card.thread.map((block) => prefixedBlock(block, prefix)) } : {}),
  };
}

function prefixedBlock(block: Block, prefix: string): Block {
  const words = (text: string) => prefixedText(text, prefix);
  switch (block.kind) {
    case 'text':
      return {
        ...block,
        runs: block.runs.map((run) => (isOfOthers(run) ? run : { ...run, text: words(run.text) })),
      };
    case 'heading':
      return { ...block, text: words(block.text) };
    case 'fields':
      return {
        ...block,
        fields: block.fields.map(({ name, value }) => ({ name: words(name), value: words(value) })),
      };
    case 'entries':
      return block.more ? { ...block, more: { ...block.more, command: words(block.more.command) } } : block;
    case 'divider':
    case 'file':
    case 'buttons':
      return block;
  }
}

/** True for quotes, links and what a search has marked: words of items, not ours. */
function isOfOthers({ style, link, marks }: TextRun): boolean {
  return style === 'quote' || link !== undefined || marks !== undefined;
}

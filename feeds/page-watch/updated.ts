import { dateIn } from './date-in-text.ts';
import type { PageEntry } from './entries.ts';
import { type Element, textOf } from './tree.ts';

/** How far behind the words the date may stand. */
const DISTANCE = 30;

/**
 * The change of a page as an entry of its own, from the date that follows certain words, where they stand last with one: pages
 * state their own date at the end. Undefined where no date follows.
 */
export function updateOf(page: Element, words: string, title: string, url: string): PageEntry | undefined {
  const [, ...behind] = textOf(page).split(new RegExp(escaped(words), 'i'));
  const date = behind.map((text) => dateIn(text.slice(0, DISTANCE))).findLast((found) => found !== undefined);
  if (date === undefined) return undefined;
  return { guid: `${url}#updated-${date}`, url, title: `${title}: page updated`, summary: '', date };
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

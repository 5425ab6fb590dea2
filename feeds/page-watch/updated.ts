import { dateIn } from './date-in-text.ts';
import type { PageEntry } from './entries.ts';
import { type Element, textOf } from './tree.ts';

/** How far behind the words the date may stand. */
const DISTANCE = 60;

/** The change of a page as an entry of its own, from the date that follows certain words; undefined where they do not occur. */
export function updateOf(page: Element, words: string, title: string, url: string): PageEntry | undefined {
  const text = textOf(page);
  const at = text.toLowerCase().lastIndexOf(words.toLowerCase());
  const date = at < 0 ? undefined : dateIn(text.slice(at + words.length, at + words.length + DISTANCE));
  if (date === undefined) return undefined;
  return { guid: `${url}#updated-${date}`, url, title: `${title}: page updated`, summary: '', date };
}

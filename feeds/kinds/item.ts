import type { ItemDraft } from '../../src/model.ts';
import { readDate } from '../document/date.ts';
import { cutText, plainText } from '../document/text.ts';

const LONGEST_TITLE = 500;
const LONGEST_SUMMARY = 2_000;
const LONGEST_GUID = 1_000;
const TITLE_FROM_SUMMARY = 120;
const MOST_CATEGORIES = 20;
const LONGEST_CATEGORY = 100;

/** The parts of an entry as a reader found them: texts are plain already, dates and categories are not. */
export interface EntryParts {
  readonly guid: string | undefined;
  readonly url: string | undefined;
  readonly title: string;
  readonly summary: string;
  /** Date texts, the best first. */
  readonly dates: readonly string[];
  readonly categories: readonly string[];
  readonly language: string | undefined;
}

/** The item an entry makes; undefined for an entry with neither title nor link, which nobody could read or open. */
export function itemOf(entry: EntryParts): ItemDraft | undefined {
  const summary = cutText(entry.summary, LONGEST_SUMMARY);
  const title = cutText(entry.title, LONGEST_TITLE) || (entry.url && cutText(summary, TITLE_FROM_SUMMARY)) || entry.url;
  if (!title) return undefined;
  const guid = entry.guid?.trim().slice(0, LONGEST_GUID);
  const publishedAt = firstDate(entry.dates);
  const language = languageTag(entry.language);
  return {
    ...(guid ? { guid } : {}),
    ...(entry.url === undefined ? {} : { url: entry.url }),
    title,
    summary,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    categories: cleanCategories(entry.categories),
    ...(language === undefined ? {} : { language }),
  };
}

function firstDate(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const date = readDate(text);
    if (date !== undefined) return date;
  }
  return undefined;
}

function cleanCategories(found: readonly string[]): string[] {
  const categories = new Set<string>();
  for (const name of found) {
    const category = cutText(plainText(name), LONGEST_CATEGORY);
    if (category !== '') categories.add(category);
    if (categories.size === MOST_CATEGORIES) break;
  }
  return [...categories];
}

/** A language tag (BCP 47) in lower case; undefined for anything else, such as a language's name. */
function languageTag(text: string | undefined): string | undefined {
  const tag = text?.trim().toLowerCase().replaceAll('_', '-');
  return tag !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/.test(tag) ? tag : undefined;
}

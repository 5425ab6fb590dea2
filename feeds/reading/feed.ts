/** What the elements of a feed mean: plain texts, absolute links, dates, identity. The same for every engine. */
import type { FeedHints } from '../../src/model.ts';
import type { FeedNode, FeedTree } from '../engines/engine.ts';
import { readBodies } from './bodies.ts';
import { readCategories } from './categories.ts';
import { type ReadDate, readDates } from './dates.ts';
import { readHints } from './hints.ts';
import { type Enclosure, readEnclosures, readPage } from './links.ts';
import { firstText } from './text.ts';

/** An entry as its feed describes it. A property that is missing means that the feed says nothing of it. */
export interface FeedEntry {
  /** The publisher's own identity for the entry: guid, Atom id or rdf:about, as written. */
  readonly guid?: string;
  /** An absolute http(s) address, as in enclosures. */
  readonly url?: string;
  /** Plain text in one line, as summary and content. */
  readonly title?: string;
  readonly summary?: string;
  readonly content?: string;
  /** An instant, or a bare day where no time is given, as `updatedAt`. */
  readonly publishedAt?: ReadDate;
  readonly updatedAt?: ReadDate;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  /** As written: a language tag (BCP 47), if the publisher keeps to it. */
  readonly language?: string;
}

/** A feed, whatever it was written in. */
export interface FeedDocument {
  readonly title?: string;
  readonly siteUrl?: string;
  /** In the order of the document. */
  readonly items: readonly FeedEntry[];
  readonly hints: FeedHints;
}

const LONGEST_GUID = 2_000;

export function readFeed({ feed, entries, isAtom }: FeedTree): FeedDocument {
  const title = firstText(feed, ['title', 'dc:title'], isAtom);
  const siteUrl = readPage(feed);
  const language = feed.language ?? firstText(feed, ['language', 'dc:language'], isAtom);
  return {
    ...(title === undefined ? {} : { title }),
    ...(siteUrl === undefined ? {} : { siteUrl }),
    items: entries.map((entry) => readEntry(entry, isAtom, language)),
    hints: readHints(feed),
  };
}

function readEntry(entry: FeedNode, isAtom: boolean, feedLanguage: string | undefined): FeedEntry {
  const guid = readIdentity(entry);
  const url = readPage(entry);
  const title = firstText(entry, ['title', 'dc:title', 'media:title'], isAtom);
  const { published, updated } = readDates(entry);
  const language = firstText(entry, ['dc:language'], isAtom) ?? entry.language ?? feedLanguage;
  return {
    ...(guid === undefined ? {} : { guid }),
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...readBodies(entry, isAtom),
    ...(published === undefined ? {} : { publishedAt: published }),
    ...(updated === undefined ? {} : { updatedAt: updated }),
    categories: readCategories(entry),
    enclosures: readEnclosures(entry),
    ...(language === undefined ? {} : { language }),
  };
}

function readIdentity(entry: FeedNode): string | undefined {
  const written = (name: string) => entry.elements.find((element) => element.name === name)?.text.trim();
  const guid = written('guid') || written('id') || entry.about?.trim();
  return guid ? guid.slice(0, LONGEST_GUID) : undefined;
}

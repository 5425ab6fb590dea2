import { readFileSync } from 'node:fs';
import { systemClock } from '../src/clock.ts';
import type { Config } from '../src/config.ts';
import { readFeedsFile } from '../src/feed-list.ts';
import type { FeedDraft, Window } from '../src/model.ts';
import type { Clock, FeedListFiles, FeedReader } from '../src/ports.ts';
import type { SourceFinder } from '../src/source-finder.ts';
import { defaultFeeds } from './catalogue.ts';
import { createFeedReader } from './feed-reader.ts';
import type { HttpClient } from './http/client.ts';

/** What a run works with: what differs between the real thing and the recorded sample. */
export interface Scene {
  readonly databaseFile: string;
  readonly clock: Clock;
  /** Hosts and blocks that sources may be read from although they are private. */
  readonly allowPrivate: readonly string[];
  readonly feeds: (lists: FeedListFiles) => readonly FeedDraft[];
  readonly reader: (http: HttpClient) => FeedReader & SourceFinder;
  /** Shown with all that is printed; absent for the real thing. */
  readonly banner?: string;
  /** What the first digest covers; absent for the time since the last one. */
  readonly window?: Window;
  readonly close: () => Promise<void>;
}

/** The real sources at the real time; `warn` hears of entries of FEEDS_FILE that were left out. */
export function realScene(
  { DATABASE_FILE, FEED_ALLOW_PRIVATE, FEEDS_FILE }: Config,
  warn: (text: string) => void,
): Scene {
  return {
    databaseFile: DATABASE_FILE,
    clock: systemClock,
    allowPrivate: FEED_ALLOW_PRIVATE,
    feeds: (lists) =>
      FEEDS_FILE ? readFeedsFile(FEEDS_FILE, (file) => readFileSync(file, 'utf8'), lists, warn) : defaultFeeds(),
    reader: createFeedReader,
    close: async () => {},
  };
}

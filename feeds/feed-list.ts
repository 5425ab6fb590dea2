import { UserError } from '../src/errors.ts';
import type { FeedListFiles } from '../src/ports.ts';
import { decode } from './document/decode.ts';
import type { HttpClient } from './http/client.ts';
import { readJsonList, writeJsonList } from './list/json.ts';
import { readOpml, writeOpml } from './list/opml.ts';
import { draftList } from './list/outline.ts';

const LONGEST_LIST = 2_000_000;
const ACCEPT = 'text/x-opml, application/json, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5';

/** Feed lists as OPML 2.0 or JSON; what `write` writes, `parse` reads back the same. */
export function createFeedListFiles(http: HttpClient): FeedListFiles {
  return {
    parse(text) {
      if (text.length > LONGEST_LIST) throw new UserError('a feed list of more than 2 MB is not read');
      const start = text.trimStart().slice(0, 1);
      if (start === '[' || start === '{') return draftList(readJsonList(text));
      if (start === '<') return draftList(readOpml(text));
      throw new UserError(
        'this is neither an OPML file nor a JSON list of feeds; `/feeds export` shows what a list looks like',
      );
    },
    write(content, format) {
      return format === 'json' ? writeJsonList(content) : writeOpml(content);
    },
    async fetch(link, signal) {
      const answer = await http.get({ url: link, accept: ACCEPT, signal });
      // Only a conditional request can be answered with "unchanged", and this was none.
      if (answer.outcome === 'unchanged') return '';
      return decode(answer.bytes, answer.contentType);
    },
  };
}

import { plainText } from '../document/text.ts';
import { dateIn } from './date-in-text.ts';

/** What links say that lead to an entry without naming it, in the languages of the catalogue's pages. */
const EMPTY_WORDS =
  /^(?:(?:read|see|learn|find out|view|show) ?(?:more|all|full|it|the .{0,20})?|more(?: information| details)?|continue reading|details?|download(?: (?:now|here|pdf|the .{0,20}))?|pdf|open|here|link|image|詳細|続きを読む|ダウンロード|자세히|더보기)\b.{0,12}$/i;

/** True for words that name no entry, such as “Read more”, “Download (PDF)” or a bare date. */
export function namesNothing(title: string): boolean {
  return title === '' || EMPTY_WORDS.test(title) || (title.length < 25 && dateIn(title) !== undefined);
}

/** A title made from an address: `Our evaluation of a frontier model` for https://example.org/blog/our-evaluation-of-a-frontier-model. */
export function titleFrom(url: string): string {
  const { pathname, host } = new URL(url);
  const last = pathname.split('/').findLast((part) => part !== '') ?? host;
  const words = plainText(
    decoded(last)
      .replace(/\.(?:html?|php|aspx?|pdf)$/i, '')
      .replace(/[-_+]+/g, ' '),
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

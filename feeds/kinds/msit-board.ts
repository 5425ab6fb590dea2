import { WorldError } from '../../src/errors.ts';
import { plainText } from '../document/text.ts';
import { dateIn } from '../page-watch/date-in-text.ts';
import { decodeHtml } from '../page-watch/html.ts';
import { standInPage, standInPlace } from '../page-watch/stand-in.ts';
import { MOST_ITEMS, type ParsedFeed, type SourceDocument } from './document.ts';
import { itemOf } from './item.ts';

/** The board writes its rows with scripts: this is one title, with the number of the row and of the release. */
const TITLE = /'NTT_SJ'\s*\+\s*'_(\d{1,6})'\)\.html\('([^\r\n]{1,2000}?)'\)/g;
const DATE = /'REG_DT'\s*\+\s*'_(\d{1,6})'\)\.html\('([^'\r\n]{1,60})'\)/g;
const NUMBER = /fn_detail\((?:&quot;|\\?["'])?(\d{1,12})/;
const DEFAULT_BOARD = '42';

/**
 * Reads a list of releases of Korea's Ministry of Science and ICT (msit.go.kr/eng/bbs/list.do), whose rows stand in scripts
 * rather than in markup. Throws WorldError for anything else.
 */
export async function parseMsitBoard(document: SourceDocument): Promise<ParsedFeed> {
  const html = decodeHtml(document.bytes, document.contentType);
  const instead = standInPlace(document.listedAs ?? document.url, document.url) ?? standInPage(html);
  if (instead !== undefined) throw new WorldError(`answered with ${instead} instead of the page`);
  const dates = new Map([...html.matchAll(DATE)].map(([, row, date = '']) => [row, dateIn(date)]));
  const board = /bbsSeqNo["']?\s*(?:value=|[=:,]\s*)["']?(\d{1,6})/.exec(html)?.[1] ?? DEFAULT_BOARD;
  const items = [...html.matchAll(TITLE)].slice(0, MOST_ITEMS).map(([, row, markup = '']) => {
    const number = NUMBER.exec(markup)?.[1];
    if (number === undefined) return undefined;
    const date = dates.get(row);
    return itemOf({
      guid: `msit-${board}-${number}`,
      url: viewOf(document.url, board, number),
      title: plainText(markup.replace(/\\(['"])/g, '$1'), true),
      summary: '',
      dates: date === undefined ? [] : [date],
      categories: [],
      language: 'en',
    });
  });
  const found = items.filter((item) => item !== undefined);
  if (found.length === 0)
    throw new WorldError('the page shows none of the releases that are looked for: it may have a new design');
  return { homepage: document.url, items: found };
}

function viewOf(list: string, board: string, number: string): string {
  const url = new URL('view.do', list);
  const { searchParams } = new URL(list);
  for (const name of ['sCode', 'mPid', 'mId']) {
    const value = searchParams.get(name);
    if (value) url.searchParams.set(name, value);
  }
  url.searchParams.set('bbsSeqNo', board);
  url.searchParams.set('nttSeqNo', number);
  return url.href;
}

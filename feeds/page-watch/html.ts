import { decode } from '../document/decode.ts';
import { webLink } from '../document/link.ts';
import { readSelector, selectFirst } from './selector.ts';
import type { Element } from './tree.ts';

/** How far a page's own word on its character set may stand from its start (HTML Standard, "prescan a byte stream"). */
const LOOKED_AT = 1_024;
const BASE = readSelector('base[href]');

/** The text of a page, whose `<meta>` names its character set where the server does not. */
export function decodeHtml(bytes: Uint8Array, contentType = 'text/html'): string {
  if (/charset/i.test(contentType)) return decode(bytes, contentType);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, LOOKED_AT));
  const charset = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(start)?.[1];
  return decode(bytes, charset === undefined ? contentType : `${contentType}; charset=${charset}`);
}

/** Where a page's relative links start: its `<base>`, else its own address (HTML Standard, "document base URL"). */
export function baseOf(page: Element, url: string): string {
  return webLink(selectFirst(page, BASE)?.attributes.href, url) ?? url;
}

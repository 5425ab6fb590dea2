import { safeText } from '../../src/safe-text.ts';
import { LIMITS } from './limits.ts';

/**
 * The text without control characters, at most `most` UTF-16 units long, ending in `…` where it was cut; never half a
 * character, which is none in JSON either and is refused.
 */
export function cut(text: string, most: number): string {
  const safe = safeText(text).toWellFormed();
  if (safe.length <= most) return safe;
  const head = safe.slice(0, most - 1);
  // A high surrogate at the end is half of a character.
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}

/**
 * The text where Slack reads mark-up (docs.slack.dev/messaging/formatting-message-text): `&`, `<` and `>` are escaped, so it
 * can hold no mention and no link.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An http(s) address that Slack takes; undefined for any other, which is then not linked. */
export function webAddress(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { href, protocol } = new URL(link);
  return /^https?:$/.test(protocol) && href.length <= LIMITS.link ? href : undefined;
}

/**
 * What a person typed, out of the form in which Slack hands it over: addresses stand as `<address|label>`, and `&`, `<` and
 * `>` as entities (docs.slack.dev/messaging/formatting-message-text).
 */
export function typedText(text: string): string {
  return text
    .replace(/<(https?:[^<>|\s]+)(?:\|[^<>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

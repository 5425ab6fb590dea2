/** Rich text: its elements are taken literally, so feed text in them can ping nobody, hold no link and no formatting. */
import type { types } from '@slack/bolt';
import type { TextRun } from '../../src/card.ts';
import type { Span } from '../../src/ports.ts';
import { cut, webAddress } from './text.ts';

type Style = NonNullable<types.RichTextText['style']>;
export type Element = types.RichTextText | types.RichTextLink;

/** An element of text, a link where the address can be one. Empty text is refused by Slack, so it becomes a blank. */
export function element(text: string, { link, style }: { link?: string | undefined; style?: Style } = {}): Element {
  const shown = text === '' ? ' ' : text.toWellFormed();
  const url = webAddress(link);
  const styled = style && Object.keys(style).length > 0 ? { style } : {};
  return url ? { type: 'link', url, text: shown, ...styled } : { type: 'text', text: shown, ...styled };
}

/** The text with the marked stretches in bold; spans outside it are cut to fit. */
export function highlighted(text: string, spans: readonly Span[], link?: string): Element[] {
  const parts: Element[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at || end <= start || start >= text.length) continue;
    if (start > at) parts.push(element(text.slice(at, start), { link }));
    parts.push(element(text.slice(start, end), { link, style: { bold: true } }));
    at = Math.min(end, text.length);
  }
  return at < text.length || parts.length === 0 ? [...parts, element(text.slice(at), { link })] : parts;
}

const STYLES: Readonly<Record<NonNullable<TextRun['style']>, Style>> = {
  strong: { bold: true },
  quiet: {},
  quote: { italic: true },
  code: { code: true },
};

/** A run of a card's text. */
export function runElements({ text, style, link, marks }: TextRun, most: number): Element[] {
  const shown = cut(text, most);
  if (shown === '') return [];
  return marks ? highlighted(shown, marks, link) : [element(shown, { link, style: style ? STYLES[style] : {} })];
}

export function section(elements: readonly Element[]): types.RichTextSection {
  return { type: 'rich_text_section', elements: [...elements] };
}

export function quote(elements: readonly Element[]): types.RichTextQuote {
  return { type: 'rich_text_quote', elements: [...elements] };
}

export function richText(...elements: types.RichTextBlock['elements']): types.RichTextBlock {
  return { type: 'rich_text', elements };
}

/** The words of elements as a reader sees them. */
export function wordsOf(elements: readonly Element[]): string {
  return elements.map(({ text = '' }) => text).join('');
}

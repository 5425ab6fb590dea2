/** Renders a card as HTML: the only place where markup is made, and every text in it is escaped. */
import type { Block, Card, Entry, TextRun } from '../../src/card.ts';
import { DIRECTION_SIGNS } from '../../src/entries.ts';
import type { Span } from '../../src/ports.ts';
import { safeText } from '../../src/safe-text.ts';
import { showDay } from '../../src/time.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Commands that a link may carry: a link must change nothing, whoever made it. */
const LOOKUP =
  /^\/(barrier(?! +(wrong|confirm|refuse|undo|export|retag)( |$))|digest (preview|last|status)|feeds (list|health|history|export))( |$)/;

/** Text for an element or a quoted attribute, without control characters. */
export function escapeText(text: string): string {
  return safeText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** The address of the page that answers a command; undefined for commands that change something. */
export function commandAddress(command: string): string | undefined {
  return LOOKUP.test(command) ? `/?command=${encodeURIComponent(command.toWellFormed())}` : undefined;
}

/** The card as an article; `command` is the line it answers, from which its file can be fetched again. */
export function renderArticle(card: Card, command: string): string {
  const blocks = card.blocks.map((block) => renderBlock(block, card, command)).join('\n');
  return `<article class="${card.tone}">\n<h1>${escapeText(card.title)}</h1>\n${blocks}\n</article>`;
}

function renderBlock(block: Block, card: Card, command: string): string {
  switch (block.kind) {
    case 'text':
      return `<p>${block.runs.map(renderRun).join('')}</p>`;
    case 'heading':
      return `<h2>${escapeText(block.text)}${block.note ? ` <small>${escapeText(block.note)}</small>` : ''}</h2>`;
    case 'fields':
      return `<dl>\n${block.fields
        .map(({ name, value }) => `<dt>${escapeText(name)}</dt><dd>${escapeText(value)}</dd>`)
        .join('\n')}\n</dl>`;
    case 'entries': {
      const entries = block.entries.map((entry) => renderEntry(entry, card)).join('\n');
      const more = block.more
        ? `\n<p class="more">… ${commandLink(`${block.more.count} more`, block.more.command)}</p>`
        : '';
      return `<ul class="entries">\n${entries}\n</ul>${more}`;
    }
    case 'divider':
      return '<hr>';
    case 'file':
      return `<p><a href="/file?command=${encodeURIComponent(command.toWellFormed())}" download>${escapeText(block.name)}</a></p>
<pre>${escapeText(block.content)}</pre>`;
    case 'buttons':
      return `<ul class="buttons">\n${block.buttons
        .map(({ label, command: line }) => `<li>${commandLink(label, line)}</li>`)
        .join('\n')}\n</ul>`;
  }
}

/** A link where the command is a lookup, else the command itself, to be typed where the person has rights. */
function commandLink(label: string, command: string): string {
  const address = commandAddress(command);
  if (address !== undefined) return `<a href="${escapeText(address)}">${escapeText(label)}</a>`;
  return `<span>${escapeText(label)}: <code>${escapeText(command)}</code></span>`;
}

const STYLES: Readonly<Record<NonNullable<TextRun['style']>, readonly [open: string, close: string]>> = {
  strong: ['<strong>', '</strong>'],
  quiet: ['<span class="quiet">', '</span>'],
  quote: ['<em>', '</em>'],
  code: ['<code>', '</code>'],
};

function renderRun({ text, style, link, marks }: TextRun): string {
  const [open, close] = style ? STYLES[style] : ['', ''];
  return outsideLink(`${open}${highlight(text, marks ?? [])}${close}`, link);
}

/** Only http(s) addresses become links; anything else, such as `javascript:`, is left as text alone. */
function outsideLink(html: string, link: string | undefined): string {
  const address = link !== undefined && URL.canParse(link) ? new URL(link) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) return html;
  return `<a href="${escapeText(address.href)}" rel="noopener noreferrer">${html}</a>`;
}

function highlight(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start < at || end <= start || start >= text.length) continue;
    parts.push(escapeText(text.slice(at, start)), `<mark>${escapeText(text.slice(start, end))}</mark>`);
    at = end;
  }
  return [...parts, escapeText(text.slice(at))].join('');
}

function renderEntry(entry: Entry, card: Card): string {
  const { direction, evidence = [], excerpt } = entry;
  // The sign alone says nothing to a screen reader.
  const sign = direction
    ? `<span class="sign ${direction}" aria-hidden="true">${DIRECTION_SIGNS[direction]}</span><span class="unseen">${direction}: </span>`
    : '<span class="sign" aria-hidden="true">·</span>';
  const quotes = evidence.map((quote, index) => {
    const section = index === 0 && entry.section ? ` <cite>[${escapeText(entry.section)}]</cite>` : '';
    return `<blockquote>“${escapeText(quote)}”${section}</blockquote>`;
  });
  return [
    `<li>${sign}<h3>${outsideLink(highlight(entry.title, entry.marks ?? []), entry.link)}</h3>`,
    `<p class="source">${sourceLine(entry, card)}</p>`,
    ...(entry.detail ? [`<p class="detail">${escapeText(entry.detail)}</p>`] : []),
    ...quotes,
    ...(excerpt
      ? [
          `<p>${excerpt.cutBefore ? '… ' : ''}${highlight(excerpt.text, excerpt.marks)}${excerpt.cutAfter ? ' …' : ''}</p>`,
        ]
      : []),
    '</li>',
  ].join('\n');
}

function sourceLine(entry: Entry, card: Card): string {
  const { date, alsoFrom = [], id } = entry;
  return [
    escapeText(entry.source),
    date ? `<time datetime="${escapeText(date)}">${escapeText(showDay(date, card.timeZone))}</time>` : 'no date',
    ...(alsoFrom.length > 0 ? [`also ${alsoFrom.map(escapeText).join(', ')}`] : []),
    ...(id ? [commandLink('why?', `/barrier why ${id}`)] : []),
  ].join(' · ');
}

import { Parser } from 'htmlparser2';
import { UserError } from '../../src/errors.ts';
import { type FeedDraft, STREAMS } from '../../src/model.ts';
import type { ListedOutline } from './outline.ts';

/**
 * Reads the feeds of an OPML file (opml.org/spec2.opml): outlines with an address. An outline around others is a folder,
 * and a folder named like a stream gives its feeds that stream. Throws UserError where the text is no OPML.
 */
export function readOpml(source: string): ListedOutline[] {
  const outlines: ListedOutline[] = [];
  const folders: (string | undefined)[] = [];
  let isOpml = false;
  const lineAt = lineCounter(source);
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name.toLowerCase() === 'opml') isOpml = true;
        if (name.toLowerCase() !== 'outline') return;
        const written = new Map(Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value.trim()]));
        const title = written.get('title') || written.get('text');
        const folder = folders.findLast((stream) => stream !== undefined);
        folders.push(streamNamed(title));
        const url = written.get('xmlurl') ?? (written.get('type') === 'rss' ? written.get('url') : undefined);
        if (url === undefined && written.get('type') !== 'rss') return;
        outlines.push({
          place: `line ${lineAt(parser.startIndex)}`,
          id: written.get('id'),
          title,
          url,
          homepage: written.get('htmlurl'),
          kind: written.get('kind'),
          stream: written.get('stream') || folder,
          broad: written.get('broad') === undefined ? undefined : /^(true|yes|1)$/i.test(written.get('broad') ?? ''),
        });
      },
      onclosetag(name) {
        if (name.toLowerCase() === 'outline') folders.pop();
      },
    },
    { xmlMode: true },
  );
  parser.write(source);
  parser.end();
  if (!isOpml) throw new UserError('this XML is no feed list: it has no <opml> element');
  return outlines;
}

/** Feeds as OPML 2.0, in folders named like their streams; a stream that comes back gets a second folder, to keep the order. */
export function writeOpml(feeds: readonly FeedDraft[]): string {
  const lines = feeds.flatMap((feed, index) => [
    ...(feeds[index - 1]?.stream === feed.stream ? [] : [`    <outline text="${feed.stream}">`]),
    writeOutline(feed),
    ...(feeds[index + 1]?.stream === feed.stream ? [] : ['    </outline>']),
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head>',
    '    <title>Barrierwatch feeds</title>',
    '  </head>',
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function writeOutline(feed: FeedDraft): string {
  const attributes = {
    type: 'rss',
    text: feed.title,
    title: feed.title,
    xmlUrl: feed.url,
    ...(feed.homepage === undefined ? {} : { htmlUrl: feed.homepage }),
    id: feed.id,
    kind: feed.kind,
    stream: feed.stream,
    broad: String(feed.broad),
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeAttribute(value)}"`);
  return `      <outline ${written.join(' ')}/>`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function streamNamed(title: string | undefined): string | undefined {
  const name = title?.toLowerCase();
  return STREAMS.find((stream) => stream === name);
}

/** Line numbers of positions asked for in rising order, in one pass over the text. */
function lineCounter(source: string): (position: number) => number {
  let line = 1;
  let counted = 0;
  return (position) => {
    for (; counted < position; counted++) if (source[counted] === '\n') line++;
    return line;
  };
}

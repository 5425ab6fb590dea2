import { Parser } from 'htmlparser2';
import { UserError } from '../../src/errors.ts';
import { type Filter, type ListedDraft, STREAMS } from '../../src/model.ts';
import type { FeedListContent } from '../../src/ports.ts';
import type { ListedContent, ListedFilter, ListedOutline } from './outline.ts';

/** Of what OPML has no attribute for (opml.org/spec2.opml, extending OPML: by a namespace). */
const NAMESPACE = 'urn:barrierwatch:opml:1';
const PREFIX = 'barrierwatch';

/**
 * Reads the feeds of an OPML file (opml.org/spec2.opml): outlines with an address. An outline around others is a folder,
 * and a folder named like a stream gives its feeds that stream. Our own attributes are read with our namespace, under
 * whatever prefix, and without one, as they were written once. Throws UserError where the text is no OPML.
 */
export function readOpml(source: string): ListedContent {
  const outlines: ListedOutline[] = [];
  const filters: ListedFilter[] = [];
  const folders: (string | undefined)[] = [];
  let isOpml = false;
  let prefix = `${PREFIX}:`;
  const lineAt = lineCounter(source);
  const parser: Parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = name.toLowerCase();
        if (element === 'opml') {
          isOpml = true;
          prefix = prefixOf(attributes) ?? prefix;
        }
        const place = `line ${lineAt(parser.startIndex)}`;
        const written = attributesOf(attributes, prefix);
        const terms = { include: written.get('include'), exclude: written.get('exclude') };
        if (element === 'body' && hasTerms(terms)) filters.push({ place, scope: 'all', ...terms });
        if (element !== 'outline') return;
        const title = written.get('title') || written.get('text');
        const folder = folders.findLast((stream) => stream !== undefined);
        const stream = streamNamed(title);
        folders.push(stream);
        const url = written.get('xmlurl') ?? (written.get('type') === 'rss' ? written.get('url') : undefined);
        if (url === undefined && written.get('type') !== 'rss') {
          if (stream !== undefined && hasTerms(terms)) filters.push({ place, scope: stream, ...terms });
          return;
        }
        outlines.push({
          place,
          id: written.get('id'),
          title,
          url,
          homepage: written.get('htmlurl'),
          kind: written.get('kind'),
          stream: written.get('stream') || folder,
          broad: isYes(written.get('broad')),
          paused: isYes(written.get('paused')),
          identity: written.get('identity'),
          ...terms,
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
  return { outlines, filters };
}

/** The prefix that stands for our namespace, with its colon; undefined where the file has none. */
function prefixOf(attributes: Readonly<Record<string, string>>): string | undefined {
  const declaration = Object.entries(attributes).find(([name, value]) => /^xmlns:/i.test(name) && value === NAMESPACE);
  return declaration && `${declaration[0].slice('xmlns:'.length).toLowerCase()}:`;
}

function attributesOf(attributes: Readonly<Record<string, string>>, prefix: string): ReadonlyMap<string, string> {
  const named = Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  return new Map(named.map(([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value]));
}

function hasTerms({ include, exclude }: Pick<ListedOutline, 'include' | 'exclude'>): boolean {
  return Boolean(include || exclude);
}

function isYes(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : /^(true|yes|1)$/i.test(text);
}

/**
 * A list as OPML 2.0, in folders named like their streams; a stream that comes back gets a second folder, to keep the order.
 * The filter of the whole list stands at the body, that of a stream at its first folder.
 */
export function writeOpml({ feeds, filters }: FeedListContent): string {
  const filterOf = (scope: string) => filters.find((each) => each.scope === scope)?.filter;
  const opened = new Set<string>();
  const folder = (stream: string) => {
    const filter = opened.has(stream) ? undefined : filterOf(stream);
    opened.add(stream);
    return `    <outline${attributesText({ text: stream, ...filterAttributes(filter) })}`;
  };
  const lines = feeds.flatMap((feed, index) => [
    ...(feeds[index - 1]?.stream === feed.stream ? [] : [`${folder(feed.stream)}>`]),
    writeOutline(feed),
    ...(feeds[index + 1]?.stream === feed.stream ? [] : ['    </outline>']),
  ]);
  const emptied = filters.filter(({ scope }) => scope !== 'all' && !opened.has(scope));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<opml version="2.0" xmlns:${PREFIX}="${NAMESPACE}">`,
    '  <head>',
    '    <title>Barrierwatch feeds</title>',
    '  </head>',
    `  <body${attributesText(filterAttributes(filterOf('all')))}>`,
    ...lines,
    ...emptied.map(({ scope }) => `${folder(scope)}/>`),
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

function writeOutline(feed: ListedDraft): string {
  const attributes = {
    type: 'rss',
    text: feed.title,
    title: feed.title,
    xmlUrl: feed.url,
    ...(feed.homepage === undefined ? {} : { htmlUrl: feed.homepage }),
    ...ours({
      id: feed.id,
      kind: feed.kind,
      stream: feed.stream,
      broad: String(feed.broad),
      ...(feed.paused === true ? { paused: 'true' } : {}),
      ...(feed.identity === undefined ? {} : { identity: feed.identity }),
    }),
    ...filterAttributes(feed.filter),
  };
  return `      <outline${attributesText(attributes)}/>`;
}

function filterAttributes(filter: Filter | undefined): Record<string, string> {
  const { include = [], exclude = [] } = filter ?? {};
  return ours({
    ...(include.length > 0 ? { include: include.join(', ') } : {}),
    ...(exclude.length > 0 ? { exclude: exclude.join(', ') } : {}),
  });
}

function ours(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`${PREFIX}:${name}`, value]));
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
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

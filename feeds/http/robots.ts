/** robots.txt (RFC 9309): what it says to this bot, and a memory of it. */
import type { Instant } from '../../src/model.ts';
import type { Clock } from '../../src/ports.ts';
import { DAY, HOUR, plus, SECOND } from '../../src/time.ts';

/** The product token by which a robots.txt may name this bot (RFC 9309 §2.2.1). */
const PRODUCT = 'barrierwatch';
/** A delay beyond an hour would come from a mistake; sources are asked a quarter of an hour apart anyway. */
const LONGEST_DELAY = HOUR;
const MOST_REMEMBERED = 10_000;

/** What a robots.txt says to this bot. */
export interface Robots {
  /** Milliseconds between two requests (Crawl-delay, which no standard holds but many sites write); 0 for none. */
  readonly delay: number;
  /** False for a path that programs are asked not to read. */
  allows(path: string): boolean;
}

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly rules: Rule[];
  delay: number;
}

/** Reads a robots.txt: the group that names this bot, else the one for all (RFC 9309 §2.2.1). */
export function readRobots(text: string): Robots {
  const groups = new Map<string, Group>();
  let named: Group[] = [];
  let isNaming = false;
  for (const [key, value] of linesOf(text)) {
    if (key !== 'user-agent') {
      isNaming = false;
      for (const group of named) addTo(group, key, value);
      continue;
    }
    // Several names in a row share the rules below them.
    if (!isNaming) named = [];
    isNaming = true;
    const agent = value.toLowerCase().split('/')[0] ?? '';
    // Groups for others are passed over, so that no file can make this slow.
    if (agent !== PRODUCT && agent !== '*') continue;
    const group = groups.get(agent) ?? { rules: [], delay: 0 };
    groups.set(agent, group);
    named.push(group);
  }
  const { rules = [], delay = 0 } = groups.get(PRODUCT) ?? groups.get('*') ?? {};
  return { delay: Math.min(delay, LONGEST_DELAY), allows: (path) => isAllowed(rules, path) };
}

function addTo(group: Group, key: string, value: string): void {
  if (key === 'crawl-delay') group.delay = Math.max(group.delay, Number(value) * SECOND || 0);
  else if ((key === 'allow' || key === 'disallow') && value !== '')
    group.rules.push({ allow: key === 'allow', pattern: value });
}

function linesOf(text: string): [string, string][] {
  return text.split(/\r\n?|\n/).flatMap((line) => {
    const [, key, value] = /^\s*([\w-]+)\s*:\s*([^#]*)/.exec(line) ?? [];
    return key === undefined ? [] : [[key.toLowerCase(), (value ?? '').trim()] as [string, string]];
  });
}

/** The longest pattern that matches decides; of two as long, the one that allows (RFC 9309 §2.2.2). */
function isAllowed(rules: readonly Rule[], path: string): boolean {
  const fitting = rules.filter(({ pattern }) => matches(pattern, path));
  const longest = fitting.reduce((most, { pattern }) => Math.max(most, pattern.length), 0);
  const decisive = fitting.filter(({ pattern }) => pattern.length === longest);
  return decisive.length === 0 || decisive.some(({ allow }) => allow);
}

/** `*` stands for anything and `$` for the end; compared piece by piece, because a regular expression could be made to hang. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const [start = '', ...pieces] = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(start)) return false;
  let at = start.length;
  const last = isAnchored ? pieces.pop() : undefined;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!isAnchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}

const SILENT: Robots = { delay: 0, allows: () => true };

/** Remembers for a day what each site says; `read` gives the text, and whatever it throws counts as nothing said. */
export function createRobots(clock: Clock, read: (url: URL) => Promise<string>): (url: URL) => Promise<Robots> {
  const known = new Map<string, { readonly until: Instant; readonly robots: Promise<Robots> }>();
  return (url) => {
    const now = clock.now();
    const entry = known.get(url.origin);
    if (entry !== undefined && entry.until > now) return entry.robots;
    // The oldest are at the front of a Map.
    for (const origin of known.keys()) {
      if (known.size < MOST_REMEMBERED) break;
      known.delete(origin);
    }
    const robots = read(new URL('/robots.txt', url)).then(readRobots, () => SILENT);
    known.delete(url.origin);
    known.set(url.origin, { until: plus(now, DAY), robots });
    return robots;
  };
}

/**
 * A reader of Discord's markdown for tests, written from its rules and not from our escaping: what people see, which
 * links are live, and what would be drawn as a mention. Rules in the order in which the client tries them.
 */

export interface ReadMarkdown {
  /** As people see it. */
  readonly text: string;
  readonly links: readonly string[];
  /** Mentions, timestamps, custom and named emoji, command links. */
  readonly drawn: readonly string[];
  /** Marks that took effect: bold, italic, underline, strike, spoiler, code, quote, heading, small, list. */
  readonly marks: readonly string[];
}

interface Reading {
  readonly links: string[];
  readonly drawn: string[];
  readonly marks: string[];
}

interface Rule {
  readonly pattern: RegExp;
  /** Only at the start of a line. */
  readonly atStart?: boolean;
  read(match: RegExpExecArray, reading: Reading): string;
}

function wrapped(mark: string, pattern: RegExp): Rule {
  return {
    pattern,
    read(match, reading) {
      reading.marks.push(mark);
      return inline(match[1] ?? match[2] ?? '', reading, false);
    },
  };
}

function line(mark: string, pattern: RegExp): Rule {
  return { ...wrapped(mark, pattern), atStart: true };
}

function drawn(pattern: RegExp): Rule {
  return {
    pattern,
    read(match, reading) {
      reading.drawn.push(match[0]);
      return match[0];
    },
  };
}

function link(pattern: RegExp, target: number, label?: number): Rule {
  return {
    pattern,
    read(match, reading) {
      reading.links.push(match[target] ?? '');
      return label === undefined ? (match[target] ?? '') : inline(match[label] ?? '', reading, false);
    },
  };
}

const RULES: readonly Rule[] = [
  {
    pattern: /^```(?:([\w+\-.]+?)\n)?\n*([^\n][\s\S]*?)\n*```/,
    read(match, reading) {
      reading.marks.push('code');
      return match[2] ?? '';
    },
  },
  line('quote', /^ *>>> +([\s\S]*)/),
  line('quote', /^ *> ([^\n]*)/),
  line('heading', /^#{1,3} +([^\n]+)/),
  line('small', /^-# +([^\n]+)/),
  line('list', /^ *(?:[-*]|\d{1,10}\.) +([^\n]+)/),
  { pattern: /^\\([^0-9A-Za-z\s])/, read: (match) => match[1] ?? '' },
  link(/^<((?:https?|discord):\/\/[^ >\s]+)>/, 1),
  link(/^(https?:\/\/[^\s<]+[^<.,:;"'\]\s])/, 1),
  link(/^\[((?:\[[^\]]*\]|\\.|[^[\]])+)\]\(\s*<?([^\s<>)]+)>?(?:\s+"[^"]*")?\s*\)/, 2, 1),
  drawn(/^<(?:@[!&]?\d+|#\d+|@everyone|@here)>/),
  drawn(/^<\/[^:>]+:\d+>/),
  drawn(/^<t:-?\d+(?::[a-zA-Z])?>/),
  drawn(/^<a?:\w+:\d+>/),
  drawn(/^<id:\w+>/),
  drawn(/^@(?:everyone|here)/),
  drawn(/^:[a-z][a-z0-9_+-]*:/),
  wrapped('bold', /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/),
  wrapped('underline', /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/),
  wrapped(
    'italic',
    /^_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
  ),
  wrapped('strike', /^~~(?=\S)((?:\\[\s\S]|~(?!~)|[^\s~\\]|\s(?!~~))+?)~~/),
  wrapped('spoiler', /^\|\|([\s\S]+?)\|\|/),
  {
    pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/,
    read(match, reading) {
      reading.marks.push('code');
      return (match[2] ?? '').replace(/^ (?= *`)|(` *) $/g, '$1');
    },
  },
];

/** Reads a content, a description or the value of a field. */
export function readMarkdown(source: string): ReadMarkdown {
  const reading: Reading = { links: [], drawn: [], marks: [] };
  const text = inline(source, reading, true).replaceAll('\u200b', '');
  return { text, ...reading };
}

function inline(source: string, reading: Reading, isStart: boolean): string {
  let text = '';
  let rest = source;
  let atStart = isStart;
  while (rest !== '') {
    const found = firstRule(rest, atStart);
    const taken = found ? found.match[0] : (/^(?:[0-9A-Za-z]+|[\s\S])/u.exec(rest)?.[0] ?? '');
    text += found ? found.rule.read(found.match, reading) : taken;
    rest = rest.slice(taken.length);
    atStart = taken.endsWith('\n') || (atStart && /^\s*$/.test(taken));
  }
  return text;
}

function firstRule(rest: string, atStart: boolean): { rule: Rule; match: RegExpExecArray } | undefined {
  for (const rule of RULES) {
    if (rule.atStart && !atStart) continue;
    const match = rule.pattern.exec(rest);
    if (match) return { rule, match };
  }
  return undefined;
}

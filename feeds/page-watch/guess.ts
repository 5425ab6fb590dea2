/** Finds the list of entries on a page nobody has described: siblings of one shape that each hold a link with a title. */
import { dateIn } from './date-in-text.ts';
import { type PageEntry, readEntries } from './entries.ts';
import { type PageRule, readRule } from './rule.ts';
import { readSelector, selectFirst } from './selector.ts';
import { type Element, elementsOf, textOf } from './tree.ts';

const FEWEST = 2;
/** Without dates, two links are too little to tell a list of news from two buttons. */
const FEWEST_UNDATED = 3;
/** Each group is read once through the whole page, so that their number bounds the work. */
const MOST_GROUPS = 20;
/** A list shows its shape in its first entries. */
const MOST_MEMBERS = 30;
/** Titles of news are longer than the words of a menu. */
const SHORTEST_TITLE = 20;
/** Lists of links that every page of a site has. */
const FRAME = /^(?:nav|header|footer|aside|form|select|head|script)$/;
const FRAME_NAMES =
  /\b(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|pager|pagination|social|share|cookie|language|sidebar)\b/i;
/** A date is written in few parts. */
const DATE_PARTS = 7;
const HEADING = readSelector('h1, h2, h3, h4, h5, h6');
const LINK = readSelector('a[href]');

/** A list that was found: how to find it again, and what it holds now. */
export interface GuessedList {
  readonly rule: PageRule;
  readonly entries: readonly PageEntry[];
}

/** The list of a page that looks most like news; undefined where none looks like it. */
export function guessList(page: Element, base: string): GuessedList | undefined {
  let best: (GuessedList & { readonly worth: number }) | undefined;
  const rules = new Map<string, PageRule>();
  for (const group of largestGroups(page)) {
    const rule = describe(group);
    // Lists of one shape, such as one a month, are all found by one rule.
    if (rule) rules.set(JSON.stringify(rule), rule);
  }
  for (const rule of rules.values()) {
    const entries = readEntries(page, readRule(rule), base);
    const worth = worthOf(entries);
    if (worth > (best?.worth ?? 0)) best = { rule, entries, worth };
  }
  return best && { rule: best.rule, entries: best.entries };
}

interface Group {
  readonly parent: Element;
  readonly members: readonly Element[];
}

/** Siblings of one name, where there are enough of them to be a list; the largest groups first. */
function largestGroups(page: Element): Group[] {
  const found: Group[] = [];
  for (const parent of elementsOf(page)) {
    if (parent.children.length < FEWEST) continue;
    const groups = new Map<string, Element[]>();
    for (const child of parent.children) {
      if (typeof child === 'string' || FRAME.test(child.name)) continue;
      const group = groups.get(child.name);
      if (group) group.push(child);
      else groups.set(child.name, [child]);
    }
    for (const members of groups.values()) if (members.length >= FEWEST) found.push({ parent, members });
  }
  const rated = found.filter(({ parent }) => !isFrame(parent));
  return rated.sort((one, other) => other.members.length - one.members.length).slice(0, MOST_GROUPS);
}

function isFrame(element: Element): boolean {
  for (let each: Element | undefined = element; each; each = each.parent) {
    const { role = '', class: names = '', id = '' } = each.attributes;
    if (FRAME.test(each.name) || role === 'navigation' || FRAME_NAMES.test(`${names} ${id}`.replaceAll('_', ' ')))
      return true;
  }
  return false;
}

/** How to find a group and its parts; undefined where too few of its members hold a link. */
function describe({ parent, members }: Group): PageRule | undefined {
  const linked = members
    .slice(0, MOST_MEMBERS)
    .filter((element) => element.attributes.href !== undefined || selectFirst(element, LINK));
  const [first] = linked;
  if (first === undefined || linked.length < FEWEST) return undefined;
  const headed = linked.every((element) => selectFirst(element, HEADING));
  const heading = headed ? selectFirst(first, HEADING) : undefined;
  const link = heading && selectFirst(heading, LINK) ? `${heading.name} a` : undefined;
  const date = dateSelector(linked);
  return {
    entry: `${placeOf(parent)} > ${shapeOf(linked)}`,
    ...(link ? { link } : {}),
    ...(heading ? { title: heading.name } : {}),
    ...(date ? { date } : {}),
    ...(hasSummary(linked) ? { summary: 'p' } : {}),
  };
}

/** The name of the elements with the classes that all of them have. */
function shapeOf(group: readonly Element[]): string {
  const [first, ...others] = group;
  const shared = classesOf(first).filter((name) => others.every((other) => classesOf(other).includes(name)));
  return [first?.name ?? '*', ...shared.slice(0, 2)].join('.');
}

/** Where a list stands: its own name with id or class, else after the nearest element around it that has one. */
function placeOf(element: Element): string {
  const { name, attributes, parent } = element;
  if (isName(attributes.id)) return `${name}#${attributes.id}`;
  const [own] = classesOf(element);
  if (own !== undefined) return `${name}.${own}`;
  return parent && parent.name !== '' && name !== 'body' ? `${placeOf(parent)} > ${name}` : name;
}

/** Names that a selector takes as they stand, and that no program made up for one version of the page. */
function isName(name: string | undefined): name is string {
  return name !== undefined && /^[a-z][a-z_-]*(?:\d{0,2}|-[a-z_-]+)$/i.test(name) && name.length <= 50;
}

function classesOf(element: Element | undefined): string[] {
  return (element?.attributes.class ?? '')
    .split(/\s+/)
    .filter((name) => isName(name) && !/^(?:first|last|odd|even|active)$/.test(name));
}

/** How dates are marked, where most entries show one. */
function dateSelector(group: readonly Element[]): string | undefined {
  const time = readSelector('time');
  if (group.filter((element) => selectFirst(element, time)).length * 2 > group.length) return 'time';
  const shapes = new Map<string, number>();
  for (const element of group) {
    const holder = dateHolder(element);
    const shape = holder && [holder.name, ...classesOf(holder).slice(0, 1)].join('.');
    if (shape) shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const [shape, count] = [...shapes].sort((one, other) => other[1] - one[1])[0] ?? ['', 0];
  return count * 2 > group.length ? shape : undefined;
}

/** The last of the nested elements that begin with a date: the closest around it. */
function dateHolder(entry: Element): Element | undefined {
  let found: Element | undefined;
  for (const element of elementsOf(entry)) {
    if (element.children.length > DATE_PARTS) continue;
    const text = textOf(element);
    if (text.length < 80 && dateIn(text) !== undefined) found = element;
    else if (found) break;
  }
  return found;
}

function hasSummary(group: readonly Element[]): boolean {
  const paragraph = readSelector('p');
  const texts = group.map((element) => selectFirst(element, paragraph)).map((found) => (found ? textOf(found) : ''));
  return texts.filter((text) => text.length > 40).length * 2 > group.length;
}

/** How much a list looks like news: many entries with titles of a sentence, and above all with dates. */
function worthOf(entries: readonly PageEntry[]): number {
  if (entries.length < FEWEST) return 0;
  const titled = entries.filter(({ title }) => title.length >= SHORTEST_TITLE).length;
  if (titled * 2 <= entries.length) return 0;
  const dated = entries.filter(({ date }) => date !== undefined).length;
  if (dated * 2 <= entries.length && entries.length < FEWEST_UNDATED) return 0;
  return Math.min(titled, 30) + 3 * Math.min(dated, 30);
}

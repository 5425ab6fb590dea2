/** The first line of a digest: what moved, as a person would say it, from the facts alone. Pure; it escapes nothing. */
import type { Digest } from './digest.ts';
import { primaryTagging } from './event.ts';
import type { BarrierId, Direction, Event } from './model.ts';
import { plural } from './plural.ts';

/** A line that is longer is not read at a glance. */
const LONGEST_OVERVIEW = 240;

/** Of more barriers than this the line names the two that weigh most. */
const MOST_NAMED = 3;

/** Titles are cut to the longest of these lengths that leaves room. */
const TITLE_LENGTHS = [100, 90, 80, 70, 60, 50, 40, 30] as const;

/** How a sentence names each barrier. */
const SUBJECTS: Readonly<Record<BarrierId, string>> = {
  'geopolitical-deadlock': 'the geopolitical deadlock',
  'weakened-institutions': 'the weakness of institutions',
  'public-private-asymmetry': 'the public–private asymmetry',
  'knowledge-collapse': 'the knowledge collapse',
  'pacing-gap': 'the pacing gap',
  'ungoverned-militarization': 'ungoverned militarization',
};

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six'] as const;

/** How a barrier moved over all its events of the day. */
type Move = 'deepened' | 'eased' | 'moved both ways';

type Section = Digest['sections'][number];
type Facts = Pick<Digest, 'sections' | 'alsoRelevant' | 'weights'>;

/** One line of at most 240 characters; undefined for a digest without events. Titles stand in it in quotes and in their own words. */
export function overview(digest: Facts): string | undefined {
  if (digest.sections.length + digest.alsoRelevant.length === 0) return undefined;
  for (const length of TITLE_LENGTHS) {
    const line = write(digest, ({ lead }) => quoted(lead.item.title, length));
    if (line.length <= LONGEST_OVERVIEW) return line;
  }
  return write(digest, () => undefined);
}

/** The title of an event in quotes; undefined where there is no room for any. */
type Title = (event: Event) => string | undefined;

/** How the events of a section moved its barrier: both ways where some deepen and others ease, or one does both. */
function moveOf({ events }: Section): Move {
  const directions = new Set<Direction | undefined>(events.map((event) => primaryTagging(event)?.direction));
  const both = directions.has('mixed') || (directions.has('deepens') && directions.has('eases'));
  if (both) return 'moved both ways';
  return directions.has('eases') ? 'eased' : 'deepened';
}

function write(digest: Facts, title: Title): string {
  const { sections, alsoRelevant } = digest;
  const weightOf = ({ events }: Section) => digest.weights.get(events[0]?.id ?? '') ?? 0;
  const heaviest = [...sections].sort((one, other) => weightOf(other) - weightOf(one));
  const [only, second] = heaviest;
  const alarm = crisisWords(digest);
  if (only === undefined) return `${alarm}${withoutBarrier(alsoRelevant, title)}`;
  if (second === undefined) return `${alarm}One barrier moved: ${clause(only, title)}.`;
  const head = `${NUMBERS[sections.length]} barriers moved`;
  const named = heaviest.slice(0, sections.length > MOST_NAMED ? 2 : MOST_NAMED).map((each) => clause(each, title));
  if (sections.length <= MOST_NAMED) return `${alarm}${head}: ${named.join('; ')}.`;
  return `${alarm}${head}, first of all these: ${named.join('; ')}.`;
}

/** A crisis is said first: it is what may force governments to act. */
function crisisWords({ sections, alsoRelevant }: Facts): string {
  const events = [...sections.flatMap((section) => section.events), ...alsoRelevant];
  const count = events.filter(({ items }) => items.some(({ tagged }) => tagged?.crisis)).length;
  return count === 0 ? '' : `${plural(count, 'crisis signal')}. `;
}

function withoutBarrier([first, ...others]: readonly Event[], title: Title): string {
  const name = first && title(first);
  const count = others.length + 1;
  if (name === undefined) return `No barrier moved; ${plural(count, 'event')} on AI governance.`;
  return others.length === 0
    ? `No barrier moved; on AI governance there is ${name}.`
    : `No barrier moved; on AI governance there are ${name} and ${others.length} more.`;
}

/** `the pacing gap deepened with “…” and 2 more events` */
function clause(section: Section, title: Title): string {
  const [first, ...others] = section.events;
  const move = moveOf(section);
  const name = first && title(first);
  const said = `${SUBJECTS[section.barrier]} ${move}`;
  if (name === undefined) return others.length > 0 ? `${said} in ${plural(others.length + 1, 'event')}` : said;
  const more = others.length > 0 ? ` and ${plural(others.length, 'more event', 'more events')}` : '';
  // The title alone would not show both ways.
  return move === 'moved both ways' ? `${said}, as in ${name}${more}` : `${said} with ${name}${more}`;
}

/** A title in its own words, cut between words where it is long. */
function quoted(title: string, length: number): string {
  const words = title
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.;:,]+$/, '');
  if (words.length <= length) return `“${words}”`;
  const head = words.slice(0, length);
  const blank = head.lastIndexOf(' ');
  const cut = blank > length / 2 ? head.slice(0, blank) : head.replace(/[\uD800-\uDBFF]$/, '');
  return `“${cut.trimEnd()}…”`;
}

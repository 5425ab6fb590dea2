import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { itemEntry } from '../entries.ts';
import { UserError } from '../errors.ts';
import {
  type FilterScope,
  filterWords,
  isWithin,
  type ListFilters,
  makeFilter,
  readTerms,
  whyLeftOut,
  withFilter,
} from '../filter.ts';
import { type Filter, type ReadItem, STREAMS } from '../model.ts';
import { plural } from '../plural.ts';
import type { ListEdit } from '../ports.ts';
import { readFilters } from '../posted.ts';
import { DAY, plus } from '../time.ts';
import { readFeed } from './options.ts';

const TRIED = 7 * DAY;
const EXAMPLES = 3;

/** A filter is for a feed, a stream or the whole list. */
interface Target {
  readonly scope: FilterScope;
  readonly name: string;
  readonly present?: Filter;
}

export const feedsFilter = defineCommand({
  root: 'feeds',
  verb: 'filter',
  description: 'Which items of a feed, a stream or all feeds are posted; tried on the last week first',
  options: z.object({
    feed: z.string().describe('A feed, a stream (un, eu, us, institutes, analysis), or all').meta({ suggest: 'feed' }),
    include: z.string().describe('Post only items with one of these words or phrases, separated by commas').optional(),
    exclude: z.string().describe('Never post items with one of these; * stands for any ending').optional(),
    apply: z.boolean().default(false).describe('yes sets it; without it the filter is only tried'),
    clear: z.boolean().default(false).describe('yes takes the filter away'),
  }),
  access: 'admin',
  examples: [
    '/feeds filter us-nist-news include:"CAISI, AI standards"',
    '/feeds filter eu exclude:"vacanc*" apply:yes',
    '/feeds filter all clear:yes',
  ],
  async run(context, { feed, include, exclude, apply, clear }) {
    const { store, workspace } = context;
    const filters = await readFilters(store, workspace.id);
    const target = await readTarget(context, filters, feed);
    if (clear) return set(context, target, undefined, []);
    const wanted = makeFilter(readTerms(include ?? ''), readTerms(exclude ?? ''));
    const filter = wanted ?? target.present;
    if (filter === undefined) {
      throw new UserError(
        `${target.name} has no filter. Give it words: /feeds filter ${feed} include:"AI Act, chips" exclude:"vacanc*"`,
      );
    }
    const tried = await tryOut(context, filters, target, filter);
    if (wanted !== undefined && apply) return set(context, target, wanted, tried);
    const isSet = wanted === undefined || JSON.stringify(wanted) === JSON.stringify(target.present);
    const line = `/feeds filter ${feed}${option('include', include)}${option('exclude', exclude)} apply:yes`;
    return reply(context, `${isSet ? 'Filter' : 'Not set yet: a filter'} of ${target.name}`, [
      paragraph(ruleWords(filter)),
      ...tried,
      {
        kind: 'buttons',
        buttons: isSet
          ? [{ label: 'Take it away', command: `/feeds filter ${feed} clear:yes` }]
          : [{ label: 'Set it', command: line }],
      },
    ]);
  },
});

function ruleWords(filter: Filter): string {
  return `Items are posted ${filterWords(filter)}. They stay stored, and searches find them all.`;
}

function option(name: string, words: string | undefined): string {
  const text = words?.replace(/["“”„«»]/g, '').trim();
  return text ? ` ${name}:"${text}"` : '';
}

async function readTarget(context: CommandContext, { scoped, feeds }: ListFilters, words: string): Promise<Target> {
  const wanted = words.trim().toLowerCase();
  const scope = [...STREAMS, 'all' as const].find((each) => each === wanted);
  if (scope !== undefined) {
    const present = scoped.find((each) => each.scope === scope)?.filter;
    return { scope, name: scope === 'all' ? 'all feeds' : `stream ${scope}`, ...(present ? { present } : {}) };
  }
  const { id, title } = await readFeed(context, words);
  const present = feeds.get(id);
  return { scope: { feedId: id }, name: title, ...(present ? { present } : {}) };
}

/** What the filter, with all others as they are, would have made of the relevant items of the last week. */
async function tryOut(
  { store, workspace, clock }: CommandContext,
  filters: ListFilters,
  { scope }: Target,
  filter: Filter,
): Promise<Block[]> {
  const now = clock.now();
  const week = await store.newItems(workspace.id, { from: plus(now, -TRIED), to: now });
  const items = week.filter(({ feed }) => isWithin(scope, feed));
  if (items.length === 0) return [paragraph('Nothing relevant came in last week to try it on.')];
  const after = withFilter(filters, scope, filter);
  const judged = items.map((read) => ({ read, reason: whyLeftOut(after, read) }));
  const kept = judged.filter(({ reason }) => reason === undefined).map(({ read }) => read);
  const dropped = judged.filter(({ reason }) => reason !== undefined).map(({ read }) => read);
  return [
    paragraph(
      `It would have kept ${kept.length} of ${items.length} relevant ${items.length === 1 ? 'item' : 'items'} last week.`,
    ),
    ...examples('Kept', kept),
    ...examples('Left out', dropped),
  ];
}

function examples(name: string, items: readonly ReadItem[]): Block[] {
  if (items.length === 0) return [];
  return [
    { kind: 'heading', text: name, note: plural(items.length, 'item') },
    { kind: 'entries', entries: items.slice(-EXAMPLES).map((read) => itemEntry(read)) },
  ];
}

async function set(context: CommandContext, target: Target, filter: Filter | undefined, tried: readonly Block[]) {
  const { store, workspace, user, clock } = context;
  const { scope, name } = target;
  const rule = { action: 'filter' as const, ...(filter ? { filter } : {}) };
  const edit: ListEdit = typeof scope === 'object' ? { ...rule, feedId: scope.feedId } : { ...rule, scope };
  const change = await store.editFeedList(workspace.id, edit, user.id, clock.now());
  if (change === undefined) {
    return reply(context, `Nothing to do: ${name}`, [
      paragraph(filter ? 'It has this filter already.' : 'It has no filter.'),
    ]);
  }
  return reply(
    context,
    filter ? `Filter set: ${name}` : `Filter taken away: ${name}`,
    [
      paragraph(filter ? ruleWords(filter) : 'All its relevant items are posted again, from the next digest on.'),
      ...tried,
      { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] },
    ],
    { tone: 'good', public: true },
  );
}

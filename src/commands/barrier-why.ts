import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { correctedBlocks } from '../correction-card.ts';
import { windowFor } from '../digest.ts';
import { isRegular } from '../due.ts';
import { barrierMark, itemEntry } from '../entries.ts';
import { primaryTagging, sources, toEvents } from '../event.ts';
import { type ListFilters, whyLeftOut } from '../filter.ts';
import { personOf } from '../judgement.ts';
import type { Event, ReadItem, Reason, Subscription, TaggedItem, Tagging } from '../model.ts';
import { nameOf } from '../person.ts';
import { readFilters } from '../posted.ts';
import { secondLookBlocks } from '../second-look-words.ts';
import { isSecondOpinion } from '../second-opinion.ts';
import { barrierOf, responseOf } from '../taxonomy/barriers.ts';
import { showTime } from '../time.ts';
import { whyJoined } from '../why-joined.ts';
import { findItem } from './find-item.ts';

/** So many items tell how rare a word is. */
const AROUND = 300;

export const barrierWhy = defineCommand({
  root: 'barrier',
  verb: 'why',
  description: 'How an item was tagged, word by word, or why it was not posted',
  options: z.object({
    item: z.string().trim().min(1).describe('The id of an item, or its link').meta({ suggest: 'item' }),
  }),
  access: 'anyone',
  examples: ['/barrier why https://www.un.org/…', '/barrier why k3f9q2abcd'],
  async run(context, { item: reference }) {
    const found = await findItem(context, reference);
    const corrected = await correctionOf(context, found);
    return reply(context, `Why: ${found.item.title}`, [
      { kind: 'entries', entries: [itemEntry(found)] },
      paragraph(verdict(found)),
      ...(found.tagged?.taggings ?? []).flatMap((tagging) => taggingBlocks(tagging, corrected.by)),
      ...corrected.blocks,
      ...furtherBlocks(found.tagged),
      ...reasonsBlock('Relevance', found.tagged?.relevance ?? []),
      ...(await secondLookBlocks(context, found)),
      ...(await postingBlocks(context, found)),
      {
        kind: 'buttons',
        buttons: [{ label: 'Wrong tag', command: `/barrier wrong ${found.item.id}`, action: 'form' }],
      },
    ]);
  },
});

/** How people corrected the item, and the name of who did; neither where nobody has. */
async function correctionOf({ store, workspace, timeZone }: CommandContext, { corrected }: ReadItem) {
  const correction = corrected && (await store.findCorrection(workspace.id, corrected.number));
  if (correction === undefined) return { blocks: [] };
  const { proposedBy, decidedBy = proposedBy } = correction;
  const names = await store.namesOf(workspace.id, [proposedBy, decidedBy]);
  return { by: nameOf(proposedBy, names), blocks: correctedBlocks(correction, corrected?.rules, names, timeZone) };
}

function verdict({ tagged, item, corrected }: ReadItem): string {
  if (tagged === undefined) return 'It has not been tagged yet; this happens within a minute of being read.';
  if (!tagged.relevant && corrected) return 'Off topic, as people here have said.';
  if (!tagged.relevant && isSecondOpinion(tagged)) return 'Off topic, says the second reader.';
  if (!tagged.relevant && tagged.nearlyRelevant) return 'Off topic, though not surely: its words are nearly enough.';
  if (!tagged.relevant) return 'Off topic: not enough in its words is about how AI is governed.';
  const crisis = tagged.crisis ? ' It is flagged as a crisis signal.' : '';
  if (tagged.taggings.length === 0 && corrected)
    return `About AI governance, with no barrier, as people here have said.${crisis}`;
  if (tagged.taggings.length === 0)
    return `About AI governance, but its words are no evidence on any barrier.${crisis}`;
  const only = item.summary === '' ? ' It came without a summary, so only its title was read.' : '';
  return `About AI governance, with evidence on ${tagged.taggings.length === 1 ? 'one barrier' : `${tagged.taggings.length} barriers`}.${crisis}${only}`;
}

/** What is not sure enough to be said, and what the item does about the barriers. */
function furtherBlocks(tagged: TaggedItem | undefined): Block[] {
  const unclear = (tagged?.unclear ?? []).map(
    ({ barrier, confidence }) => `${barrierOf(barrier).name} (${Math.round(confidence * 100)} %)`,
  );
  const responses = (tagged?.responses ?? []).map((id) => `${id}: ${responseOf(id)}`);
  return [
    ...(unclear.length > 0 ? [paragraph(`Unclear, so not tagged: ${unclear.join(', ')}.`, 'quiet')] : []),
    ...(responses.length > 0 ? [paragraph(`Reports or proposes:\n${responses.join('\n')}`)] : []),
  ];
}

function taggingBlocks(tagging: Tagging, by = 'a person'): Block[] {
  const barrier = barrierOf(tagging.barrier);
  const mechanism = barrier.mechanisms.find((each) => each.id === tagging.mechanism);
  const rules = `confidence ${Math.round(tagging.confidence * 100)} % · ${tagging.method}`;
  return [
    {
      kind: 'heading',
      text: barrierMark(tagging),
      note: `[${tagging.section}] · ${personOf(tagging.method) ? `corrected by ${by}` : rules}`,
    },
    {
      kind: 'text',
      runs: tagging.evidence.flatMap((each) => [
        { text: `“${each.quote}”`, style: 'quote' as const },
        { text: ` ${each.field} ${each.start}–${each.end}\n`, style: 'quiet' as const },
      ]),
    },
    ...(mechanism ? [paragraph(`Mechanism ${mechanism.id}: ${mechanism.description}`)] : []),
    ...reasonsBlock('What counted', tagging.reasons),
  ];
}

function reasonsBlock(name: string, reasons: readonly Reason[]): Block[] {
  if (reasons.length === 0) return [];
  const lines = reasons.map(({ rule, weight, evidence }) => {
    const sign = weight < 0 ? '−' : '+';
    return `${sign}${Math.abs(weight).toFixed(1)}  ${rule}: “${evidence.quote}”`;
  });
  return [paragraph(`${name}:\n${lines.join('\n')}`, 'quiet')];
}

/** Where the item stands with this channel's digests. */
async function postingBlocks(context: CommandContext, found: ReadItem): Promise<Block[]> {
  const { store, workspace, channel, clock, timeZone } = context;
  const { item, tagged, eventId } = found;
  if (!tagged?.relevant) return [];
  const held = heldBack(found, await readFilters(store, workspace.id));
  const lines = held === undefined ? [] : [held];
  const event = eventId ? toEvents(await store.itemsOfEvents(workspace.id, [eventId]))[0] : undefined;
  if (event && event.items.length > 1) lines.push(...(await eventLines(context, found, event)));
  const subscription = await store.subscriptionOf(channel);
  if (subscription && event) {
    const delivered = await store.deliveredEvents(subscription.id, [event.id]);
    const upcoming = await store.newItems(workspace.id, windowFor(subscription, clock.now()));
    lines.push(
      delivered.has(event.id)
        ? 'It was in a digest of this channel.'
        : held === undefined && upcoming.some((each) => each.eventId === event.id)
          ? waitingWords(subscription, timeZone)
          : held === undefined
            ? notPosted(item)
            : 'It is not among what waits for the next digest.',
    );
  }
  return lines.length > 0 ? [{ kind: 'heading', text: 'Digest' }, paragraph(lines.join('\n'))] : [];
}

/** What else is on its event, and what joined it to that. */
async function eventLines({ store, workspace }: CommandContext, found: ReadItem, event: Event): Promise<string[]> {
  const why = whyJoined(found, event, await store.recentItems(workspace.id, { limit: AROUND }));
  return [
    `One of ${event.items.length} items on one event (${sources(event).join(', ')}); it stands under ${primaryTagging(event)?.barrier ?? 'no barrier'}.`,
    ...(why === undefined ? [] : [why]),
  ];
}

function waitingWords(subscription: Subscription, timeZone: string): string {
  const when = isRegular(subscription) ? `, ${showTime(subscription.nextDigestAt, timeZone)}` : '';
  return `It waits for the next digest${when}.`;
}

/** Why it would not be posted whatever its date; undefined where nothing holds it back. */
function heldBack(found: ReadItem, filters: ListFilters): string | undefined {
  if (found.flood === 'undecided') {
    return `It is held: most of what ${found.feed.title} showed with it looked new at once. /feeds health says what can be done.`;
  }
  if (found.flood === 'dismissed') return 'It was not posted: it came in a flood of entries that an admin called old.';
  const reason = whyLeftOut(filters, found);
  return reason && `It is left out by ${reason}.`;
}

function notPosted(item: ReadItem['item']): string {
  if (item.backlog && item.publishedAt === undefined) {
    return 'It was not posted: it came with the first reading of its feed and has no date, so it may be old news.';
  }
  if (item.backlog) return 'It was not posted: it is older than the first digest reaches back.';
  return 'It was not posted: it is older than the digest’s window.';
}

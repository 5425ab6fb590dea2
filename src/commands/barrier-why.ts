import { z } from 'zod';
import { type Block, type Card, paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { correctedBlocks } from '../correction-card.ts';
import { readPast, windowFor } from '../digest.ts';
import { barrierMark, itemEntry } from '../entries.ts';
import { toEvents } from '../event.ts';
import { keptItems, listFilters } from '../filter.ts';
import { personOf } from '../judgement.ts';
import type { Event, Instant, ReadItem, Reason, TaggedItem, Tagging } from '../model.ts';
import { nameOf } from '../person.ts';
import { secondLookBlocks } from '../second-look-words.ts';
import { isSecondOpinion } from '../second-opinion.ts';
import { barrierOf, responseOf } from '../taxonomy/barriers.ts';
import { plus, SECOND } from '../time.ts';
import { weightParts } from '../weight.ts';
import { hostOf, notSeenSentences } from '../why/not-seen.ts';
import { offTopicSentence } from '../why/off-topic.ts';
import { type StandingFacts, standingSentences } from '../why/standing.ts';
import { whyJoined } from '../why-joined.ts';
import { unseenItem } from './find-item.ts';

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
    const found = await context.store.findItem(context.workspace.id, reference);
    if (found === undefined) return notSeen(context, reference);
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

/** Throws UserError for what is neither an item nor an address. */
async function notSeen(context: CommandContext, reference: string): Promise<Card> {
  const host = hostOf(reference);
  if (host === undefined) throw unseenItem(reference);
  const { store, workspace, clock, timeZone } = context;
  const sentences = notSeenSentences(host, await store.listFeeds(workspace.id), { now: clock.now(), timeZone });
  return reply(context, 'Why: not seen', [paragraph(sentences.join('\n'))]);
}

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
  if (!tagged.relevant) return offTopicSentence(tagged);
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
    return `${signed(weight)}  ${rule}: “${evidence.quote}”`;
  });
  return [paragraph(`${name}:\n${lines.join('\n')}`, 'quiet')];
}

/** What the item's event weighs, and where it stands with this channel's digests. */
async function postingBlocks(context: CommandContext, found: ReadItem): Promise<Block[]> {
  const { tagged } = found;
  if (!tagged?.relevant) return [];
  const facts = await readStanding(context, found);
  const { event, subscription, delivery, link } = facts;
  const next = subscription && windowFor(subscription, facts.now);
  const since = (delivery?.window ?? next)?.from;
  return [
    { kind: 'heading', text: 'Digest' },
    paragraph(standingSentences(facts).join('\n')),
    ...(link ? [{ kind: 'text', runs: [{ text: 'The message', link }] } as const] : []),
    ...(event ? await weightBlocks(context, event, since ?? plus(event.firstSeenAt, -SECOND)) : []),
  ];
}

/** Where the item stands, and the address of the message that held it. */
async function readStanding(
  context: CommandContext,
  read: ReadItem,
): Promise<StandingFacts & { readonly link?: string }> {
  const { store, workspace, channel, clock, timeZone, linkTo } = context;
  const now = clock.now();
  const feeds = await store.listFeeds(workspace.id);
  const filters = listFilters(feeds, await store.filters(workspace.id));
  // As digests read them: an item that a filter leaves out has no part in its event.
  const mates = read.eventId ? keptItems(filters, await store.itemsOfEvents(workspace.id, [read.eventId])) : [];
  const event = toEvents(mates)[0];
  const feed = feeds.find(({ id }) => id === read.feed.id);
  const subscription = await store.subscriptionOf(channel);
  const delivered = { itemId: read.item.id, ...(read.eventId !== undefined && { eventId: read.eventId }) };
  const delivery = subscription && (await store.deliveryOf(subscription.id, delivered));
  const link = delivery?.messageRef && linkTo(delivery.messageRef);
  const around = event && event.items.length > 1 ? await store.recentItems(workspace.id, { limit: AROUND }) : [];
  const joined = event && whyJoined(read, event, around);
  const upcoming = subscription ? await store.newItems(workspace.id, windowFor(subscription, now)) : [];
  const isUpcoming = keptItems(filters, upcoming).some(
    (each) => each.item.id === read.item.id || (event && each.eventId === event.id),
  );
  return {
    read,
    filters,
    isUpcoming,
    now,
    timeZone,
    ...(event && { event }),
    ...(joined !== undefined && { joined }),
    ...(feed && { feed }),
    ...(subscription && { subscription }),
    ...(delivery && { delivery }),
    ...(link && { link }),
  };
}

/** What puts it before or behind others in a digest, against the weeks before what that digest covers. */
async function weightBlocks({ store, workspace }: CommandContext, event: Event, since: Instant): Promise<Block[]> {
  const parts = weightParts(event, await readPast(store, workspace.id, since));
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const lines = parts.map(({ value, words }) => `${signed(value)}  ${words}`);
  return [paragraph(`Weight ${total.toFixed(1)}, which decides its place in a digest:\n${lines.join('\n')}`, 'quiet')];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

/** Answers an interaction: acknowledged at once, then shown to the one who asked, or to the channel. */
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import { type Card, paragraph } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import { errorCard } from '../../src/error-card.ts';
import { DoubtError, messageOf, WorldError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Channel } from '../../src/model.ts';
import { DAY } from '../../src/time.ts';
import type { Asker } from './asker.ts';
import { keepLong, pressesOf } from './custom-id.ts';
import { CODES, codeOf, outcomeOf } from './failure.ts';
import { PRIVATE_MESSAGES } from './limits.ts';
import { type DiscordMessage, renderCard } from './render.ts';
import { missingForPosts } from './rights.ts';
import { payloadOf } from './sender.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

export interface ReplyParts {
  readonly host: AdapterHost;
  readonly log: Log;
  readonly prefix: string;
  /** Posts in a channel by the bot's own rights, each key once. */
  readonly post: (channel: Channel, card: Card, key: string) => Promise<string>;
  /** Shows a card to one person alone, outside of the channel. */
  readonly tell: (workspaceId: string, userId: string, card: Card) => Promise<void>;
}

/** Acknowledges, works once, and shows what the work gives; undefined shows nothing more. Never throws. */
export async function reply(
  parts: ReplyParts,
  interaction: Answerable,
  asker: Asker,
  work: () => Promise<Card | undefined>,
): Promise<void> {
  const { host, log } = parts;
  const { workspace } = asker;
  try {
    if (!(await acknowledge(interaction, log))) return;
    const card = await workOnce(host, interaction, asker, work).catch((thrown: unknown) =>
      errorCard(thrown, workspace.timeZone, log),
    );
    if (card === undefined) return;
    await show(parts, interaction, asker, card).catch((thrown: unknown) => {
      if (outcomeOf(thrown) === 'refused' || thrown instanceof WorldError) throw thrown;
      // Whatever could not be drawn, the person is not left with "thinking".
      return show(parts, interaction, asker, errorCard(thrown, workspace.timeZone, log));
    });
  } catch (thrown) {
    log.warn({ interaction: interaction.id, reason: messageOf(thrown) }, 'an answer could not be shown');
  }
}

/** What Discord delivers twice is done once, also after a restart. */
async function workOnce(
  host: AdapterHost,
  { id }: Answerable,
  { workspace }: Asker,
  work: () => Promise<Card | undefined>,
): Promise<Card | undefined> {
  await host.join(workspace);
  if (!(await host.once(workspace.id, `interaction:${id}`, DAY))) return undefined;
  return work();
}

/** Defers privately within Discord's three seconds; false when nobody waits for an answer any more. */
async function acknowledge(interaction: Answerable, log: Log): Promise<boolean> {
  for (const isLast of [false, true]) {
    try {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === CODES.alreadyAcknowledged) {
        // Either a repeated request of ours whose first answer was lost, or a second delivery: `once` tells them apart.
        interaction.deferred = true;
        interaction.ephemeral = true;
        return true;
      }
      if (outcomeOf(thrown) !== 'refused' && !isLast) continue;
      const late = codeOf(thrown) === CODES.unknownInteraction;
      log.warn({ interaction: interaction.id, reason: messageOf(thrown), late }, 'a command could not be acknowledged');
      return false;
    }
  }
  return false;
}

async function show(parts: ReplyParts, interaction: Answerable, asker: Asker, card: Card): Promise<void> {
  try {
    if (card.public) await showPublicly(parts, interaction, asker, card);
    else await showPrivately(parts, interaction, asker, card);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code !== CODES.invalidWebhookToken && code !== CODES.unknownWebhook) throw thrown;
    // A quarter of an hour has passed; what took so long still reaches the one who asked.
    await parts.tell(asker.workspace.id, asker.user.id, card);
  }
}

async function showPrivately(
  { host, prefix }: ReplyParts,
  interaction: Answerable,
  { workspace }: Asker,
  card: Card,
): Promise<void> {
  const kept = await keepLong(host, workspace.id, pressesOf(card));
  // Nobody else sees it, so it has no thread; the lines below a list say where the rest is.
  const { thread: _, ...flat } = prefixed(card, prefix);
  const messages = renderCard(flat, { kept, buttonsUnder: 'last', most: PRIVATE_MESSAGES });
  const [first, ...rest] = messages;
  if (first) await edit(interaction, first);
  for (const message of rest) await interaction.followUp({ ...payloadOf(message), flags: MessageFlags.Ephemeral });
}

/** By the bot's own rights, where each message is stored once whatever happens; by the interaction where it has none. */
async function showPublicly(parts: ReplyParts, interaction: Answerable, asker: Asker, card: Card): Promise<void> {
  const isThread = interaction.channel?.isThread() ?? false;
  if (missingForPosts(interaction.appPermissions, isThread).length === 0) {
    try {
      await parts.post(asker.channel, card, `interaction ${interaction.id}`);
      await edit(interaction, note('Shown to the channel.'));
      return;
    } catch (thrown) {
      if (thrown instanceof DoubtError) {
        await edit(interaction, note(`Not all of it may have been shown to the channel. ${thrown.message}`));
        return;
      }
      if (!(thrown instanceof WorldError)) throw thrown;
      parts.log.info(
        { interaction: interaction.id, reason: thrown.message },
        'a public answer goes by the interaction',
      );
    }
  }
  const { thread: _, ...flat } = prefixed(card, parts.prefix);
  const kept = await keepLong(parts.host, asker.workspace.id, pressesOf(card));
  // The first message after a deferral would be private as the deferral is, so that is filled first.
  await edit(interaction, note('Shown to the channel.'));
  for (const message of renderCard(flat, { kept, buttonsUnder: 'last' }))
    await interaction.followUp(payloadOf(message));
}

function note(content: string): DiscordMessage {
  return { content, embeds: [], components: [], files: [] };
}

/** An edit is the same however often it is made. */
async function edit(interaction: Answerable, message: DiscordMessage): Promise<void> {
  try {
    await interaction.editReply(payloadOf(message));
  } catch (thrown) {
    if (outcomeOf(thrown) === 'refused') throw thrown;
    await interaction.editReply(payloadOf(message));
  }
}

/** A private card of one sentence. */
export function sentenceCard(title: string, text: string, timeZone: string): Card {
  return { title, tone: 'plain', public: false, timeZone, blocks: [paragraph(text)] };
}

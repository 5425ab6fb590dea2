/** What a pressed button or a chosen entry means: a command line again, so rights are checked again. */
import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js';
import type { Card } from '../../src/card.ts';
import { WorldError } from '../../src/errors.ts';
import { DAY } from '../../src/time.ts';
import type { Asker } from './asker.ts';
import { readCustomId } from './custom-id.ts';
import { type ReplyParts, sentenceCard } from './reply.ts';

/** A double click, in milliseconds. */
const DOUBLE = 3_000;

/** Runs what the button carries. */
export async function runPress(
  { host }: ReplyParts,
  { customId, message, user }: ButtonInteraction,
  asker: Asker,
): Promise<Card> {
  const { workspace } = asker;
  const { timeZone } = workspace;
  const press = await readCustomId(host, workspace.id, customId);
  if (press === undefined)
    return sentenceCard('This button is out of date', 'Type the command again; /barrier help shows all.', timeZone);
  if (!(await host.once(workspace.id, `press:${user.id}:${message.id}:${customId}`, DOUBLE)))
    return sentenceCard('Pressed twice', 'It is done once; the answer is above.', timeZone);
  if (press.action !== 'share') return host.handle({ ...asker, text: press.line });
  if (!(await host.once(workspace.id, `share:${message.id}`, DAY)))
    return sentenceCard('Shared already', 'The channel has seen it.', timeZone);
  const card = await host.handle({ ...asker, text: press.line });
  // Only what can be shared is shown to all: an error is for the one who pressed.
  if (card.share === undefined) return card;
  const { share: _, ...rest } = card;
  return { ...rest, public: true, by: asker.user.name };
}

/** Explains the entry that was chosen from the menu. */
export async function runChoice(
  { host }: ReplyParts,
  { values }: StringSelectMenuInteraction,
  asker: Asker,
): Promise<Card> {
  const [item] = values;
  if (item === undefined) throw new WorldError('Discord sent a choice without a value.');
  return host.handle({ ...asker, root: 'barrier', verb: 'why', input: { item } });
}

/** Everything people do on Discord comes in here: commands, completion, buttons, menus, forms. */
import { setTimeout } from 'node:timers/promises';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Command, Root } from '../../src/command.ts';
import { writeLine } from '../../src/command-line.ts';
import { rootOf } from '../../src/command-prefix.ts';
import { messageOf } from '../../src/errors.ts';
import { asksForForm, formCommand, keptOptions } from '../../src/form.ts';
import { readPress } from '../../src/press.ts';
import { type Asker, askerOf } from './asker.ts';
import { checkFiles } from './attached-file.ts';
import { complete } from './autocomplete.ts';
import { keepLong } from './custom-id.ts';
import { isWhyMenu } from './message-key.ts';
import { modalOf, modalPress, readModal } from './modal.ts';
import { runChoice, runPress } from './presses.ts';
import { type ReplyParts, reply, sentenceCard } from './reply.ts';

/** A form opens with empty fields rather than too late. */
const LONGEST_PREFILL = 1_500;

const ONLY_SERVERS =
  'I work in the channels of a server, since feeds and digests belong to it. Type /barrier help there.';

export interface InteractionParts extends ReplyParts {
  readonly timeZone: string;
  /** Users that ADMINS names, as `discord:<id>`. */
  readonly admins: readonly string[];
  /** Another base address of the API. */
  readonly apiUrl?: string;
}

export interface Interactions {
  /** Answers in its own time; never throws. */
  take(interaction: Interaction): void;
  /** Resolves when all that was taken is answered. */
  settled(): Promise<void>;
}

export function createInteractions(parts: InteractionParts): Interactions {
  const running = new Set<Promise<void>>();
  return {
    take(interaction) {
      const work = answer(parts, interaction)
        .catch((thrown: unknown) => {
          parts.log.error({ err: thrown, interaction: interaction.id }, 'an interaction failed');
        })
        .finally(() => running.delete(work));
      running.add(work);
    },
    async settled() {
      await Promise.all(running);
    },
  };
}

async function answer(parts: InteractionParts, interaction: Interaction): Promise<void> {
  const asker = askerOf(interaction, parts);
  if (interaction.isAutocomplete()) return complete(interaction, asker?.workspace.id, parts);
  if (!interaction.isRepliable()) return;
  if (asker === undefined) {
    await interaction.reply({ content: ONLY_SERVERS, flags: MessageFlags.Ephemeral });
    return;
  }
  if (interaction.isChatInputCommand()) return onCommand(parts, interaction, asker);
  if (interaction.isButton()) return onButton(parts, interaction, asker);
  if (interaction.isStringSelectMenu() && isWhyMenu(interaction.customId))
    return reply(parts, interaction, asker, () => runChoice(parts, interaction, asker));
  if (interaction.isModalSubmit()) return onModal(parts, interaction, asker);
}

async function onCommand(
  parts: InteractionParts,
  interaction: ChatInputCommandInteraction,
  asker: Asker,
): Promise<void> {
  const root = rootOf(interaction.commandName, parts.prefix);
  const verb = interaction.options.getSubcommand(false);
  if (root === undefined || verb === null) {
    return reply(parts, interaction, asker, async () =>
      sentenceCard('This command has changed', 'Reload Discord and type it again.', asker.workspace.timeZone),
    );
  }
  const input = inputOf(interaction);
  const command = parts.host.commands.find((each) => each.root === root && each.verb === verb);
  if (command && mayOpen(command, asker) && asksForForm(command, input))
    return openForm(parts, interaction, asker, command, { root, verb, input });
  return reply(parts, interaction, asker, async () => {
    checkFiles(filledOptions(interaction), parts.apiUrl);
    return parts.host.handle({ ...asker, root, verb, input });
  });
}

function filledOptions({ options }: ChatInputCommandInteraction): readonly CommandInteractionOption[] {
  return options.data[0]?.options ?? [];
}

/** The option values; of a file, where it lies. */
function inputOf(interaction: ChatInputCommandInteraction): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    filledOptions(interaction).map(({ name, value, attachment }) => [name, attachment?.url ?? value]),
  );
}

/** A person who may not run the command gets the refusal, and no form to fill in first. */
function mayOpen({ access }: Command, { isAdmin }: Asker): boolean {
  return access === 'anyone' || isAdmin;
}

async function onButton(parts: InteractionParts, interaction: ButtonInteraction, asker: Asker): Promise<void> {
  const press = readPress(interaction.customId);
  const command = press?.action === 'form' ? formCommand(parts.host.commands, press.line) : undefined;
  if (press && command && mayOpen(command, asker))
    return openForm(parts, interaction, asker, command, { text: press.line });
  return reply(parts, interaction, asker, () => runPress(parts, interaction, asker));
}

type Asked =
  | { readonly text: string }
  | { readonly root: Root; readonly verb: string; readonly input: Readonly<Record<string, unknown>> };

/** A form is a first answer of its own: nothing is deferred, so nothing slow stands before it. */
async function openForm(
  { host, log }: InteractionParts,
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  asker: Asker,
  command: Command,
  asked: Asked,
): Promise<void> {
  const known = async () => {
    await host.join(asker.workspace);
    return host.prefill({ ...asker, ...asked });
  };
  const empty = keptOptions(host.commands, 'text' in asked ? asked.text : writeLine(command, asked.input));
  const initial = await Promise.race([known(), setTimeout(LONGEST_PREFILL, empty, { ref: false })]).catch(
    (thrown: unknown) => {
      log.warn({ interaction: interaction.id, reason: messageOf(thrown) }, 'a form opens empty');
      return empty;
    },
  );
  try {
    const kept = await keepLong(host, asker.workspace.id, [modalPress(command, initial)]);
    await interaction.showModal(modalOf(command, initial, kept));
  } catch (thrown) {
    // Delivered twice, or too late: there is nobody to tell.
    log.info({ interaction: interaction.id, reason: messageOf(thrown) }, 'a form did not open');
  }
}

function onModal(parts: InteractionParts, interaction: ModalSubmitInteraction, asker: Asker): Promise<void> {
  return reply(parts, interaction, asker, async () => {
    const read = await readModal(parts.host, asker.workspace.id, interaction);
    if (read === undefined)
      return sentenceCard('This form is out of date', 'Type the command again.', asker.workspace.timeZone);
    const { command, input } = read;
    const { root, verb } = command;
    return parts.host.handle({ ...asker, root, verb, input });
  });
}

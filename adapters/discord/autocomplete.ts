/** What is offered while someone types an option; it cannot be deferred, so it comes from the store alone. */
import { setTimeout } from 'node:timers/promises';
import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import { type OptionSpec, optionSpecs } from '../../src/command.ts';
import { rootOf } from '../../src/command-prefix.ts';
import type { Suggestion } from '../../src/completion.ts';
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { STREAMS } from '../../src/model.ts';
import { LIMITS } from './limits.ts';
import { cut, safeLine } from './text.ts';

/** Discord waits three seconds; people wait less. */
const LONGEST = 1_000;

type Choice = ApplicationCommandOptionChoiceData<string>;

/** Offers up to 25 values; none where something is wrong. */
export async function complete(
  interaction: AutocompleteInteraction,
  workspaceId: string | undefined,
  { host, log, prefix }: { readonly host: AdapterHost; readonly log: Log; readonly prefix: string },
): Promise<void> {
  const root = rootOf(interaction.commandName, prefix);
  const verb = interaction.options.getSubcommand(false);
  const { name, value } = interaction.options.getFocused(true);
  const command = host.commands.find((each) => each.root === root && each.verb === verb);
  const spec = command && optionSpecs(command).find((each) => each.name === name);
  const found = async () => (spec && workspaceId ? await choicesFor(host, workspaceId, spec, value) : []);
  try {
    const choices = await Promise.race([found(), setTimeout(LONGEST, [], { ref: false })]);
    await interaction.respond(choices);
  } catch (thrown) {
    log.warn({ interaction: interaction.id, reason: messageOf(thrown) }, 'a completion failed');
    if (!interaction.responded) await interaction.respond([]).catch(() => {});
  }
}

async function choicesFor(
  host: Pick<AdapterHost, 'suggest'>,
  workspaceId: string,
  spec: OptionSpec,
  typed: string,
): Promise<Choice[]> {
  if (spec.listOf === undefined) return asChoices(await suggestions(host, workspaceId, spec, typed), '');
  // Of a list the last part is completed.
  const comma = typed.lastIndexOf(',') + 1;
  const before = typed.slice(0, comma).replace(/\s+/g, '');
  return asChoices(await suggestions(host, workspaceId, spec, typed.slice(comma).trim()), before);
}

async function suggestions(
  host: Pick<AdapterHost, 'suggest'>,
  workspaceId: string,
  { suggest, listOf, choices }: OptionSpec,
  typed: string,
): Promise<readonly Suggestion[]> {
  if (suggest) return host.suggest(workspaceId, suggest, typed);
  const values: readonly string[] = listOf === 'stream' ? STREAMS : (choices ?? []);
  return values.filter((value) => value.includes(typed.toLowerCase())).map((value) => ({ value, label: value }));
}

/** Discord refuses the whole list for one value that is empty or too long. */
function asChoices(found: readonly Suggestion[], before: string): Choice[] {
  return found
    .map(({ value, label }) => ({
      name: cut(before + (safeLine(label) || value), LIMITS.choice),
      value: before + value,
    }))
    .filter(({ name, value }) => name !== '' && value !== '' && value.length <= LIMITS.choice)
    .slice(0, LIMITS.choices);
}

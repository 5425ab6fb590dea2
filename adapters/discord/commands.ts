/** The bot's commands as Discord registers them: a root a command, a verb a subcommand, options with types. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { type Command, type OptionSpec, optionSpecs, ROOTS, type Root } from '../../src/command.ts';
import { LIMITS } from './limits.ts';
import { ADMIN_PERMISSION } from './rights.ts';

const DESCRIPTIONS: Readonly<Record<Root, string>> = {
  barrier: 'Six barriers to governing AI: what moves them, search, and the proof of each tag',
  digest: 'The digest of this channel: now, preview, schedule, pause',
  feeds: 'The sources that are watched: list, health, add, remove',
};

/** Discord hides a command as a whole only; this one is mostly for editing, and admins may open it under Integrations. */
const HIDDEN: readonly Root[] = ['feeds'];

export type CommandPayload = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** The commands under their prefixed names, for servers only. */
export function commandPayloads(commands: readonly Command[], prefix: string): CommandPayload[] {
  return ROOTS.map((root) => ({
    type: ApplicationCommandType.ChatInput,
    name: `${prefix}${root}`,
    description: DESCRIPTIONS[root],
    default_member_permissions: HIDDEN.includes(root) ? String(ADMIN_PERMISSION) : null,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: commands.filter((command) => command.root === root).map(subcommand),
  }));
}

function subcommand(command: Command): APIApplicationCommandSubcommandOption {
  const specs = optionSpecs(command);
  // Without what it needs, a command with a form asks for it there, where the form has a field for it; Discord wants required
  // options first.
  const isAskedLater = ({ name }: OptionSpec) =>
    command.form !== undefined && (command.form.fields?.includes(name) ?? true);
  const options = specs.map((spec) => basicOption(spec, spec.required && !isAskedLater(spec)));
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.verb,
    description: command.description,
    options: [...options.filter(({ required }) => required), ...options.filter(({ required }) => !required)],
  };
}

function basicOption(spec: OptionSpec, required: boolean): APIApplicationCommandBasicOption {
  const { name, description } = spec;
  const base = { name, description, required };
  if (spec.attachment) return { ...base, type: ApplicationCommandOptionType.Attachment };
  switch (spec.type) {
    case 'integer':
      return { ...base, type: ApplicationCommandOptionType.Integer };
    case 'boolean':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'string':
      if (spec.choices && spec.choices.length <= LIMITS.choices) {
        const choices = spec.choices.map((choice) => ({ name: choice, value: choice }));
        return { ...base, type: ApplicationCommandOptionType.String, choices };
      }
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        autocomplete: spec.suggest !== undefined || spec.listOf !== undefined || spec.choices !== undefined,
      };
  }
}

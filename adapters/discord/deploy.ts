/** Registers the commands with Discord, only where they differ from what is registered. */
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../src/command.ts';
import { createRest } from './client.ts';
import { type CommandPayload, commandPayloads } from './commands.ts';
import { startError } from './failure.ts';
import type { DiscordSettings } from './settings.ts';

export interface DeployOptions extends DiscordSettings {
  readonly prefix: string;
  readonly commands: readonly Command[];
}

const application = z.object({ id: z.string() });

/** Registers by the token alone, and says in one line what was done. Throws UserError or WorldError. */
export async function deployCommands({ token, apiUrl, prefix, commands }: DeployOptions): Promise<string> {
  const rest = createRest(token, apiUrl);
  try {
    const { id } = application.parse(await rest.get(Routes.currentApplication()));
    const payloads = commandPayloads(commands, prefix);
    const names = payloads.map(({ name }) => `/${name}`).join(', ');
    return (await registerCommands(rest, id, payloads))
      ? `Registered with Discord: ${names}.`
      : `Nothing to register: Discord has ${names} as they are.`;
  } catch (thrown) {
    throw startError(thrown);
  }
}

/** Replaces all global commands of the application where they differ; false where they do not. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  payloads: readonly CommandPayload[],
): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId);
  const registered = await rest.get(route);
  if (canonical(z.array(command).parse(registered)) === canonical(z.array(command).parse(payloads))) return false;
  await rest.put(route, { body: payloads });
  return true;
}

interface Option {
  readonly options?: readonly Option[] | null | undefined;
}

/** What decides whether two registrations are the same; what Discord leaves out counts as its default. */
const option: z.ZodType<Option> = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z
    .array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .nullish()
    .transform((choices) => choices ?? []),
  get options() {
    return z
      .array(option)
      .nullish()
      .transform((options) => options ?? []);
  },
});

const command = z.object({
  type: z.number().default(1),
  name: z.string(),
  description: z.string(),
  default_member_permissions: z.coerce.string().nullish().default(null),
  contexts: z.array(z.number()).nullish().default(null),
  integration_types: z.array(z.number()).nullish().default(null),
  options: z
    .array(option)
    .nullish()
    .transform((options) => options ?? []),
});

function canonical(commands: readonly z.output<typeof command>[]): string {
  return JSON.stringify([...commands].sort((one, other) => one.name.localeCompare(other.name)));
}

/** A command declared once: adapters, help, completion and validation all come from this one object. */
import { z } from 'zod';
import type { Card } from './card.ts';
import type { Channel, Delivery, Instant, Subscription, Workspace } from './model.ts';
import type { Clock, FeedListFiles, FeedReader, Store } from './ports.ts';
import type { SecondReaderUse } from './second-reader.ts';
import type { SourceFinder } from './source-finder.ts';

export const ROOTS = ['barrier', 'digest', 'feeds'] as const;
export type Root = (typeof ROOTS)[number];

/** Who asks. */
export interface User {
  /** Of all adapters, such as `slack:U012AB3CD`. */
  readonly id: string;
  readonly name: string;
  /** Decided by the adapter from what its platform says and the settings; asked only when a command needs it. */
  isAdmin(): Promise<boolean>;
  /** True for who may look things up only, such as a page that any other page could call. */
  readonly onlyLooks?: true;
  /** Who is an admin here, to end a sentence: `someone named in the setting ADMINS, or an owner of this workspace`. */
  readonly admins: string;
}

/** What a command may use. */
export interface CommandContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly reader: FeedReader;
  readonly finder: SourceFinder;
  readonly lists: FeedListFiles;
  readonly workspace: Workspace;
  readonly channel: Channel;
  readonly user: User;
  /** The zone dates are shown in: the channel's own where it has a subscription, else the workspace's. */
  readonly timeZone: string;
  /** Composes, claims and posts the channel's digest now; undefined when there was nothing to claim. */
  readonly postDigest: (subscription: Subscription, now: Instant) => Promise<Delivery | undefined>;
  /** Starts to tag stored items again by today's rules, or goes on with it, in the background; false when it is under way. */
  readonly startRetagging: () => boolean;
  /** What keeps the bot from posting in the channel, with what to do about it; undefined when nothing does. */
  readonly obstacle: () => Promise<string | undefined>;
  /** Absent where no second reader is set. */
  readonly secondReader?: SecondReaderUse;
  /** The web address of a message in the channel; undefined where the platform gives none. */
  readonly linkTo: (messageRef: string) => string | undefined;
  /** Aborts when the bot stops. */
  readonly signal: AbortSignal;
}

/** What completion offers for an option. */
const SUGGESTS = ['barrier', 'feed', 'item', 'topic', 'zone'] as const;
export type Suggest = (typeof SUGGESTS)[number];

/** What an option that takes several values, separated by commas, takes them from. */
const LISTS = ['barrier', 'stream'] as const;

/** Extra facts of an option, given with zod's `.meta()`. */
interface OptionMeta {
  readonly suggest?: Suggest;
  /** Takes all remaining words. */
  readonly rest?: boolean;
  /** Takes several values of a kind, separated by commas; no value, or `all`, means all of them. */
  readonly listOf?: (typeof LISTS)[number];
  /** Takes a file where the platform has files, a link to one elsewhere; its value is the file's address. */
  readonly attachment?: true;
}

/** A form in place of options, for platforms that have forms. */
interface Form {
  /** At most 24 characters (Slack's limit for the title of a modal). */
  readonly title: string;
  /** The options it asks for beside needed ones that lack: it opens when none of these is given. Absent means all options; more than five fields are no form on Discord. */
  readonly fields?: readonly string[];
  /** What the fields hold when the form opens, by option name, where `given` was typed; absent means empty fields. */
  prefill?(
    context: CommandContext,
    given: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, string>>>;
}

export interface Command<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly root: Root;
  readonly verb: string;
  /** One line, at most 100 characters (Discord's limit for a description). */
  readonly description: string;
  /** Each option is described with `.describe()`, at most 100 characters. */
  readonly options: z.ZodObject<Shape>;
  readonly access: 'anyone' | 'admin';
  /** True for what anyone may run although it changes something, so that it is neither shared nor run by who only looks. */
  readonly changes?: true;
  /** Command lines that can be typed as they stand. */
  readonly examples: readonly string[];
  /** Opens when the command is called without what it needs; absent for commands that are quicker typed. */
  readonly form?: Form;
  run(context: CommandContext, options: z.output<z.ZodObject<Shape>>): Promise<Card>;
}

/** Declares a command with the types of its options inferred. */
export function defineCommand<Shape extends z.ZodRawShape>(command: Command<Shape>): Command {
  // The list of commands holds commands of all shapes; `handle` in bot.ts parses with the same schema before it runs one.
  return command as unknown as Command;
}

/** One option as adapters see it. */
export interface OptionSpec extends OptionMeta {
  readonly name: string;
  readonly description: string;
  readonly type: 'string' | 'integer' | 'boolean';
  readonly required: boolean;
  /** The only values it takes; absent where any text is taken. */
  readonly choices?: readonly string[];
}

const property = z.object({
  type: z.enum(['string', 'integer', 'boolean']).default('string'),
  description: z.string().default(''),
  enum: z.array(z.string()).optional(),
  suggest: z.enum(SUGGESTS).optional(),
  rest: z.boolean().optional(),
  listOf: z.enum(LISTS).optional(),
  attachment: z.literal(true).optional(),
});

const objectSchema = z.object({
  properties: z.record(z.string(), property).default({}),
  required: z.array(z.string()).default([]),
});

/** The options of a command in the order they are typed. */
export function optionSpecs(command: Command): readonly OptionSpec[] {
  const { properties, required } = objectSchema.parse(
    z.toJSONSchema(command.options, { io: 'input', unrepresentable: 'any' }),
  );
  return Object.entries(properties).map(([name, found]) => ({
    name,
    description: found.description,
    type: found.type,
    required: required.includes(name),
    ...(found.enum ? { choices: found.enum } : {}),
    ...(found.suggest ? { suggest: found.suggest } : {}),
    ...(found.rest ? { rest: found.rest } : {}),
    ...(found.listOf ? { listOf: found.listOf } : {}),
    ...(found.attachment ? { attachment: found.attachment } : {}),
  }));
}

/** `/feeds add <url> [stream] [title]` */
export function usage(command: Command): string {
  const options = optionSpecs(command).map((option) => (option.required ? `<${option.name}>` : `[${option.name}]`));
  return [`/${command.root} ${command.verb}`, ...options].join(' ');
}

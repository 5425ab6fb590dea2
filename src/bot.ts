/** Takes an invocation from any adapter and answers with a card: find, parse, authorise, run; errors become cards. */
import type { Card } from './card.ts';
import type { Command, CommandContext, Root, User } from './command.ts';
import { optionSpecs, ROOTS, usage } from './command.ts';
import { nearest, readOptions, splitWords, type Word, writeLine } from './command-line.ts';
import { errorCard } from './error-card.ts';
import { UserError } from './errors.ts';
import type { Log } from './log.ts';
import type { Channel, Workspace } from './model.ts';
import { matchBarriers } from './taxonomy/barriers.ts';

/** A command line, or a command with option values where the platform has typed options. */
export type Invocation = {
  readonly workspace: Workspace;
  readonly channel: Channel;
  readonly user: User;
} & (
  | { readonly text: string }
  | { readonly root: Root; readonly verb: string; readonly input: Readonly<Record<string, unknown>> }
);

/** What a bare root does. */
const DEFAULT_VERB: Readonly<Record<Root, string>> = { barrier: 'overview', digest: 'preview', feeds: 'list' };

export type ContextOf = (invocation: Invocation) => Promise<CommandContext>;

export function createBot(commands: readonly Command[], contextOf: ContextOf, log: Pick<Log, 'error'>) {
  const find = (invocation: Invocation) =>
    'text' in invocation ? readLine(commands, invocation.text) : fromInput(commands, invocation);

  const run = async (invocation: Invocation): Promise<Card> => {
    const { command, input } = find(invocation);
    const { user } = invocation;
    if (command.access === 'admin' && !(await user.isAdmin())) throw refusal(command, user);
    if (command.changes && user.onlyLooks) throw refusal(command, user);
    const parsed = command.options.safeParse(input);
    if (!parsed.success) throw wrongOptions(command, parsed.error.issues);
    const context = await contextOf(invocation);
    // The audit trail keeps ids; a reader wants to know who that was.
    if (command.access === 'admin' || command.changes)
      await context.store.savePerson(context.workspace.id, user.id, user.name);
    const card = await command.run(context, parsed.data);
    if (card.public) return { ...card, by: user.name };
    // What only an admin may run, only an admin may see.
    return command.access === 'anyone' && !command.changes ? { ...card, share: writeLine(command, input) } : card;
  };

  return {
    /** Answers an invocation; never throws. */
    async handle(invocation: Invocation): Promise<Card> {
      try {
        return await run(invocation);
      } catch (thrown) {
        return errorCard(thrown, invocation.workspace.timeZone, log);
      }
    },
    /** What the fields of a command's form hold when it opens, by option name. Throws UserError for an unknown command. */
    async prefill(invocation: Invocation): Promise<Readonly<Record<string, string>>> {
      const { command, input } = find(invocation);
      const known = await command.form?.prefill?.(await contextOf(invocation), input);
      const typed = Object.entries(input).map(([name, value]) => [name, String(value)] as const);
      return { ...known, ...Object.fromEntries(typed) };
    },
  };
}

export type Bot = ReturnType<typeof createBot>;

function refusal(command: Command, { admins }: User): UserError {
  return new UserError(`/${command.root} ${command.verb} is for admins. Ask ${admins}.`);
}

function wrongOptions(command: Command, issues: readonly { path: PropertyKey[]; message: string }[]): UserError {
  const specs = optionSpecs(command);
  const faults = issues.map((issue) => {
    const spec = specs.find((each) => each.name === issue.path[0]);
    if (spec === undefined) return issue.message;
    if (spec.choices) return `${spec.name} is one of ${spec.choices.join(', ')}.`;
    return issue.message.startsWith('Invalid input') ? `${spec.name} is missing: ${spec.description}.` : issue.message;
  });
  return new UserError(`${faults.join(' ')} Type it as: ${usage(command)} – for example ${command.examples[0] ?? ''}`);
}

interface Found {
  readonly command: Command;
  readonly input: Readonly<Record<string, unknown>>;
}

function fromInput(
  commands: readonly Command[],
  { root, verb, input }: { root: Root; verb: string; input: Found['input'] },
): Found {
  return { command: findCommand(commands, root, verb), input };
}

function findCommand(commands: readonly Command[], root: Root, verb: string): Command {
  const command = commands.find((each) => each.root === root && each.verb === verb);
  if (command) return command;
  const verbs = commands.filter((each) => each.root === root).map((each) => each.verb);
  const near = nearest(verb, verbs);
  const hint = near ? `Did you mean /${root} ${near}?` : `It knows: ${verbs.join(', ')}.`;
  throw new UserError(`/${root} has no “${verb}”. ${hint} /barrier help shows everything.`);
}

function isRoot(word: string | undefined): word is Root {
  return ROOTS.some((root) => root === word);
}

/** Finds the command a line names. `/barrier <name>` is `/barrier show <name>`, a bare root its default verb. */
export function readLine(commands: readonly Command[], line: string): Found {
  const words = splitWords(line.trim().replace(/^\//, ''));
  const root = words[0]?.text.toLowerCase();
  if (root === undefined) throw new UserError('Type a command: /barrier, /digest, /feeds, or /barrier help.');
  if (root === 'help') return readLine(commands, `barrier help ${words[1]?.text ?? ''}`);
  if (!isRoot(root)) return withoutRoot(commands, words, root);
  const verb = words[1]?.text.toLowerCase();
  if (verb === undefined) return { command: findCommand(commands, root, DEFAULT_VERB[root]), input: {} };
  const known = commands.find((each) => each.root === root && each.verb === verb);
  if (known) return { command: known, input: readOptions(known, words.slice(2)) };
  const name = words
    .slice(1)
    .map((word) => word.text)
    .join(' ');
  if (root === 'barrier' && matchBarriers(name).length > 0) {
    return { command: findCommand(commands, 'barrier', 'show'), input: { barrier: name } };
  }
  return { command: findCommand(commands, root, verb), input: {} };
}

/** A line without a root: helps with a slip (`/barier`), and with a verb alone (`search chips`). */
function withoutRoot(commands: readonly Command[], words: readonly Word[], first: string): never {
  const roots = commands.filter((each) => each.verb === first).map((each) => `/${each.root} ${each.verb}`);
  const rest = words
    .slice(1)
    .map((word) => ` ${word.text}`)
    .join('');
  if (roots.length > 0) throw new UserError(`Did you mean ${roots.join(' or ')}${rest}?`);
  const near = nearest(first, ROOTS);
  const hint = near ? `Did you mean /${near}${rest}?` : 'Commands start with /barrier, /digest or /feeds.';
  throw new UserError(`I do not know “${first}”. ${hint} /barrier help shows everything.`);
}

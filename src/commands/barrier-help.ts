import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { type Command, defineCommand, optionSpecs, ROOTS, usage } from '../command.ts';
import { nearest } from '../command-line.ts';
import { UserError } from '../errors.ts';

/** Help is generated from the declarations of all commands, so it is made from their list. */
export function barrierHelp(commands: () => readonly Command[]): Command {
  return defineCommand({
    root: 'barrier',
    verb: 'help',
    description: 'What you can type, with examples',
    options: z.object({
      topic: z
        .string()
        .describe('A command such as search, or feeds add')
        .meta({ suggest: 'topic', rest: true })
        .optional(),
    }),
    access: 'anyone',
    examples: ['/barrier help', '/barrier help feeds add'],
    async run(context, { topic }) {
      if (topic === undefined) return reply(context, 'Barrierwatch: what you can type', overview(commands()));
      return reply(context, `Help: ${topic}`, findTopic(commands(), topic).flatMap(commandBlocks));
    },
  });
}

function overview(commands: readonly Command[]): Block[] {
  const groups = ROOTS.map((root): Block[] => [
    { kind: 'heading', text: `/${root}` },
    {
      kind: 'fields',
      fields: commands
        .filter((command) => command.root === root)
        .map((command) => ({
          name: usage(command),
          value: `${command.description}${command.access === 'admin' ? ' (admins)' : ''}`,
        })),
    },
  ]);
  return [
    paragraph(
      'I read what public bodies publish on AI, tag it against six barriers with proof, and post a digest each morning.',
    ),
    paragraph('Try: /barrier deadlock · /barrier search export controls · /barrier help feeds add'),
    ...groups.flat(),
    paragraph('Words with spaces go in "quotes"; options can be named, as in stream:eu.', 'quiet'),
  ];
}

/** Commands by root, verb or both. Throws UserError with the nearest one. */
function findTopic(commands: readonly Command[], topic: string): readonly Command[] {
  const words = topic.toLowerCase().replace(/^\//, '').split(/\s+/);
  const found = commands.filter((command) => words.every((word) => word === command.root || word === command.verb));
  if (found.length > 0) return found;
  const near = nearest(
    words.at(-1) ?? '',
    commands.map((command) => command.verb),
  );
  throw new UserError(
    `There is no help on “${topic}”. ${near ? `Did you mean /barrier help ${near}?` : '/barrier help lists all.'}`,
  );
}

function commandBlocks(command: Command): Block[] {
  const options = optionSpecs(command).map((option) => ({
    name: option.required ? option.name : `${option.name} (optional)`,
    value: option.choices ? `${option.description} – ${option.choices.join(', ')}` : option.description,
  }));
  return [
    { kind: 'heading', text: usage(command), ...(command.access === 'admin' ? { note: 'admins' } : {}) },
    paragraph(command.description),
    ...(options.length > 0 ? [{ kind: 'fields', fields: options } as const] : []),
    paragraph(`For example:\n${command.examples.map((example) => `  ${example}`).join('\n')}`),
  ];
}

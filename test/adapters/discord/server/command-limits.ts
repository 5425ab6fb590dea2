/** What Discord refuses of application commands (docs interactions/application-commands). */
import { z } from 'zod';
import { createForm, type Form } from './form.ts';

const choice = z.object({ name: z.string(), value: z.union([z.string(), z.number()]) });

const baseOption = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  choices: z.array(choice).nullish(),
});

export interface CommandOption extends z.output<typeof baseOption> {
  readonly options?: CommandOption[] | undefined;
}

const option: z.ZodType<CommandOption> = baseOption.extend({
  get options() {
    return z.array(option).optional();
  },
});

const commandBody = z.object({
  type: z.number().default(1),
  name: z.string(),
  description: z.string().default(''),
  options: z.array(option).optional(),
  default_member_permissions: z.union([z.string(), z.number()]).nullish(),
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
  nsfw: z.boolean().nullish(),
});
export type CommandBody = z.output<typeof commandBody>;

export const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;
export const ATTACHMENT = 11;
/** String, integer and number: the types whose values can be offered. */
const OFFERED = [3, 4, 10];

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Reads a list of commands. Throws a Refusal for one that Discord would not take. */
export function checkCommands(body: unknown): CommandBody[] {
  const commands = z.array(commandBody).parse(body);
  const form = createForm();
  form.count([], commands.length, 100);
  const names = commands.map(({ name }) => name);
  commands.forEach((command, index) => {
    checkNamed(form, command, [index]);
    checkOptions(form, command.options ?? [], [index, 'options'], 0);
    if (weight(command) > 8000)
      form.fault([index], 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
    if (names.indexOf(command.name) !== index)
      form.fault([index, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
  });
  form.check();
  return commands;
}

type Path = readonly (string | number)[];

function checkNamed(form: Form, { name, description }: { name: string; description: string }, path: Path): void {
  if (!NAME.test(name) || name !== name.toLowerCase())
    form.fault([...path, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  form.length([...path, 'description'], description, 100, 1);
}

function checkOptions(form: Form, options: readonly CommandOption[], path: Path, depth: number): void {
  form.count(path, options.length, 25);
  const isSub = ({ type }: CommandOption) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP;
  if (options.some(isSub) && !options.every(isSub))
    form.fault(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  const firstOptional = options.findIndex((each) => !each.required);
  options.forEach((each, index) => {
    const here = [...path, index];
    checkNamed(form, each, here);
    if (isSub(each)) {
      if (depth > 1) form.fault(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Nested too deep');
      checkOptions(form, each.options ?? [], [...here, 'options'], depth + 1);
      return;
    }
    if (each.required && firstOptional >= 0 && index > firstOptional)
      form.fault(
        [...here, 'required'],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    if (each.type < 1 || each.type > ATTACHMENT)
      form.fault([...here, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of the types of options');
    if ((each.choices?.length || each.autocomplete) && !OFFERED.includes(each.type))
      form.fault(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'This type takes no choices and no autocomplete');
    if (each.choices?.length && each.autocomplete)
      form.fault(
        here,
        'APPLICATION_COMMAND_OPTIONS_CHOICES_MUTUALLY_EXCLUSIVE_AUTOCOMPLETE',
        'Choices or autocomplete',
      );
    form.count([...here, 'choices'], each.choices?.length ?? 0, 25);
    each.choices?.forEach(({ name, value }, at) => {
      form.length([...here, 'choices', at, 'name'], name, 100, 1);
      form.length([...here, 'choices', at, 'value'], String(value), 100);
    });
  });
}

/** Characters of names, descriptions and values together. */
function weight(named: { name: string; description: string; options?: CommandOption[] | undefined }): number {
  const own = [...named.name].length + [...named.description].length;
  return (named.options ?? []).reduce(
    (sum, each) =>
      sum +
      weight(each) +
      (each.choices ?? []).reduce((all, { name, value }) => all + [...name].length + [...String(value)].length, 0),
    own,
  );
}

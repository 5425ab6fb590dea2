/** Forms: which command line opens one, its fields, and what a filled one means. Adapters draw them as modals. */
import { readLine } from './bot.ts';
import { type Command, type OptionSpec, optionSpecs } from './command.ts';
import { STREAMS } from './model.ts';
import { BARRIERS } from './taxonomy/barriers.ts';

/** One of the values a field takes. */
export interface FieldChoice {
  readonly value: string;
  readonly label: string;
}

export interface FormField {
  /** The option it fills. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  /** The values it takes; absent for free text. */
  readonly choices?: readonly FieldChoice[];
  /** True where several choices may be taken. */
  readonly several: boolean;
  /** What it holds at first: values separated by commas where several may be taken; empty for nothing. */
  readonly initial: string;
}

/** The command whose form a line asks for: one with a form, called without an option it needs; undefined for any other line. */
export function formCommand(commands: readonly Command[], line: string): Command | undefined {
  try {
    const { command, input } = readLine(commands, line);
    const lacks = optionSpecs(command).some(({ required, name }) => required && input[name] === undefined);
    return command.form && lacks ? command : undefined;
  } catch {
    // The bot says what is wrong with the line when it runs it.
    return undefined;
  }
}

/** The fields of a command's form, one an option that is not typed only. */
export function formFields(command: Command, initial: Readonly<Record<string, string>>): FormField[] {
  const specs = optionSpecs(command).filter(({ typedOnly }) => !typedOnly);
  return specs.map((spec) => {
    const choices = choicesOf(spec);
    return {
      name: spec.name,
      label: spec.name.charAt(0).toUpperCase() + spec.name.slice(1),
      hint: spec.description,
      required: spec.required,
      several: spec.listOf !== undefined,
      initial: initial[spec.name] ?? '',
      ...(choices ? { choices } : {}),
    };
  });
}

function choicesOf({ choices, listOf }: OptionSpec): readonly FieldChoice[] | undefined {
  if (listOf === 'barrier') return BARRIERS.map(({ id, name }) => ({ value: id, label: name }));
  if (listOf === 'stream') return STREAMS.map((value) => ({ value, label: value }));
  return choices?.map((value) => ({ value, label: value }));
}

/** The option values of a filled form: what was left empty is absent, and no choice among several means all of them. */
export function formInput(
  command: Command,
  filled: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>> {
  const values = optionSpecs(command).map(({ name, listOf }) => {
    const value = (filled[name] ?? []).map((each) => each.trim()).join(',');
    return [name, value === '' && listOf ? 'all' : value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

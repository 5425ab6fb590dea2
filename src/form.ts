/** Forms: which command line opens one, its fields, and what a filled one means. Adapters draw them as modals. */
import { readLine } from './bot.ts';
import { type Command, type OptionSpec, optionSpecs } from './command.ts';
import { writeLine } from './command-line.ts';
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

/** Option values by name, as they were typed. */
type Given = Readonly<Record<string, unknown>>;

/** True where a command with these options opens its form: it lacks one it needs, or all those that the form asks for. */
export function asksForForm(command: Command, given: Given): boolean {
  if (command.form === undefined) return false;
  const { fields } = command.form;
  const lacks = optionSpecs(command).some(({ required, name }) => required && given[name] === undefined);
  return lacks || (fields?.every((name) => given[name] === undefined) ?? false);
}

/** The command whose form a line asks for; undefined for a line that can be run as it is, or read as none. */
export function formCommand(commands: readonly Command[], line: string): Command | undefined {
  try {
    const { command, input } = readLine(commands, line);
    return asksForForm(command, input) ? command : undefined;
  } catch {
    // The bot says what is wrong with the line when it runs it.
    return undefined;
  }
}

/** The options of a line that its form does not ask for, so that a filled form knows them; empty where the line is read as none. */
export function keptOptions(commands: readonly Command[], line: string): Readonly<Record<string, string>> {
  try {
    const { command, input } = readLine(commands, line);
    const { fields } = command.form ?? {};
    const kept = Object.entries(input).filter(([name]) => fields && !fields.includes(name));
    return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
  } catch {
    // The form's own command says what it lacks.
    return {};
  }
}

/** The line that a form is opened from, with those of the known options that it does not ask for. */
export function formLine(command: Command, known: Readonly<Record<string, string>>): string {
  const { fields } = command.form ?? {};
  return writeLine(
    command,
    Object.fromEntries(Object.entries(known).filter(([name]) => fields && !fields.includes(name))),
  );
}

/** The fields of a command's form: one an option that it asks for, and one a needed option that nothing is known of. */
export function formFields(command: Command, initial: Readonly<Record<string, string>>): FormField[] {
  const asked = ({ name, required }: OptionSpec) =>
    (command.form?.fields?.includes(name) ?? true) || (required && initial[name] === undefined);
  return optionSpecs(command)
    .filter(asked)
    .map((spec) => {
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
    const isAsked = command.form?.fields?.includes(name) ?? true;
    return [name, value === '' && listOf && isAsked ? 'all' : value] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** Forms as modals: labels with text inputs and menus, drawn from a command's options. */
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Command } from '../../src/command.ts';
import type { FormField } from '../../src/form.ts';
import { formCommand, formFields, formInput, formLine, keptOptions } from '../../src/form.ts';
import type { Press } from '../../src/press.ts';
import { type KeptPresses, readCustomId, writeCustomId } from './custom-id.ts';
import { LIMITS } from './limits.ts';
import { cut, safeLine } from './text.ts';

/** What a modal carries as its id: the line it was opened from, without a slash. */
export function modalPress(command: Command, initial: Readonly<Record<string, string>>): Press {
  return { action: 'form', line: formLine(command, initial).slice(1) };
}

/** The command's form with what its fields hold at first. */
export function modalOf(
  command: Command,
  initial: Readonly<Record<string, string>>,
  kept: KeptPresses = new Map(),
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: writeCustomId(modalPress(command, initial), kept) ?? `form ${command.root} ${command.verb}`,
    title: cut(command.form?.title ?? command.verb, LIMITS.modalTitle),
    components: formFields(command, initial).slice(0, LIMITS.modalFields).map(labelOf),
  };
}

/** The command a modal was drawn from, and the options that were known or filled in; undefined for a modal of another version. */
export async function readModal(
  host: Pick<AdapterHost, 'commands' | 'findLine'>,
  workspaceId: string,
  { customId, fields }: Pick<ModalSubmitInteraction, 'customId' | 'fields'>,
): Promise<{ readonly command: Command; readonly input: Readonly<Record<string, string>> } | undefined> {
  const press = await readCustomId(host, workspaceId, customId);
  const command = press?.action === 'form' ? formCommand(host.commands, press.line) : undefined;
  if (press === undefined || command === undefined) return undefined;
  const filled = fields.fields.map((field): readonly [string, readonly string[]] => [field.customId, valuesOf(field)]);
  return {
    command,
    input: { ...keptOptions(host.commands, press.line), ...formInput(command, Object.fromEntries(filled)) },
  };
}

function valuesOf(field: object): readonly string[] {
  if ('values' in field && Array.isArray(field.values)) return field.values.map(String);
  return 'value' in field && typeof field.value === 'string' ? [field.value] : [];
}

function labelOf(field: FormField): APILabelComponent {
  const description = cut(safeLine(field.hint), LIMITS.fieldHint);
  return {
    type: ComponentType.Label,
    label: cut(field.label, LIMITS.fieldLabel),
    ...(description ? { description } : {}),
    component: componentOf(field),
  };
}

function componentOf({ name, required, choices, several, initial }: FormField): APIComponentInLabel {
  if (choices === undefined || choices.length > LIMITS.menuOptions) {
    const value = cut(initial, LIMITS.fieldValue);
    return {
      type: ComponentType.TextInput,
      custom_id: name,
      style: TextInputStyle.Short,
      required,
      ...(value ? { value } : {}),
    };
  }
  const chosen = initial.split(',');
  return {
    type: ComponentType.StringSelect,
    custom_id: name,
    required,
    min_values: required ? 1 : 0,
    max_values: several ? choices.length : 1,
    options: choices.map(({ value, label }) => ({
      value,
      label: cut(safeLine(label), LIMITS.menuLabel),
      default: chosen.includes(value),
    })),
  };
}

/** Forms as modals (docs.slack.dev/surfaces/modals): drawn from the fields of a command, and read back. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { type Command, usage } from '../../src/command.ts';
import { prefixedText } from '../../src/command-prefix.ts';
import type { FieldChoice, FormField } from '../../src/form.ts';
import { LIMITS } from './limits.ts';
import { cut } from './text.ts';

export const FORM = 'form';
const VALUE = 'value';

/** Where the form was opened, so that its answer finds the way back: nothing is kept in memory. */
const placeSchema = z.object({
  line: z.string(),
  channel: z.string().optional(),
  /** Works half an hour; the message or command the form was opened from. */
  respond: z.string().optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** The modal of a command's form. */
export function formView(
  command: Command,
  fields: readonly FormField[],
  place: Place,
  prefix: string,
): types.ModalView {
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: keptPlace(command, place),
    title: plain(command.form?.title ?? `/${command.root} ${command.verb}`, LIMITS.viewTitle),
    submit: plain('Save', LIMITS.viewTitle),
    close: plain('Cancel', LIMITS.viewTitle),
    blocks: [
      ...fields.map(inputBlock),
      { type: 'context', elements: [plain(prefixedText(`Or type it: ${usage(command)}`, prefix), LIMITS.contextText)] },
    ],
  };
}

/** As much of the place as Slack keeps: without the address the answer goes another way, and the fields hold what the line held. */
function keptPlace({ root, verb }: Command, place: Place): string {
  const { respond: _, ...rest } = place;
  const forms = [place, rest].map((each) => JSON.stringify(each));
  const fits = forms.find((text) => text.length <= LIMITS.privateMetadata);
  return fits ?? JSON.stringify({ ...rest, line: `/${root} ${verb}` });
}

function inputBlock(field: FormField): types.InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, LIMITS.inputLabel),
    hint: plain(field.hint, LIMITS.inputLabel),
    optional: !field.required,
    element: inputElement(field),
  };
}

function inputElement({ choices, several, initial }: FormField): types.InputBlock['element'] {
  if (choices === undefined) {
    return {
      type: 'plain_text_input',
      action_id: VALUE,
      max_length: LIMITS.inputValue,
      ...(initial === '' ? {} : { initial_value: initial.slice(0, LIMITS.inputValue) }),
    };
  }
  const options = choices.slice(0, LIMITS.selectOptions).map(optionOf);
  const chosen = choices.filter(({ value }) => initial.split(',').includes(value)).map(optionOf);
  if (several) {
    return {
      type: 'multi_static_select',
      action_id: VALUE,
      options,
      placeholder: plain('All of them', LIMITS.placeholder),
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    };
  }
  const [first] = chosen;
  return { type: 'static_select', action_id: VALUE, options, ...(first ? { initial_option: first } : {}) };
}

function optionOf({ value, label }: FieldChoice): types.PlainTextOption {
  return { text: plain(label, LIMITS.optionText), value };
}

function plain(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(text, most), emoji: false };
}

const valueSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
});

const submissionSchema = z.object({
  private_metadata: z.string(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), valueSchema)) }),
});

/** What was filled in, by option name, and where the form was opened. */
export function readSubmission(view: unknown): { readonly place: Place; readonly filled: Record<string, string[]> } {
  const { private_metadata, state } = submissionSchema.parse(view);
  const place = placeSchema.parse(JSON.parse(private_metadata));
  const filled = Object.entries(state.values).map(([name, actions]) => {
    const found = actions[VALUE];
    const several = found?.selected_options?.map(({ value }) => value);
    const one = found?.selected_option?.value ?? found?.value;
    return [name, several ?? (one ? [one] : [])] as const;
  });
  return { place, filled: Object.fromEntries(filled) };
}

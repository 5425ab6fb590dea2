import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formView, readSubmission } from '../../../adapters/slack/modal.ts';
import type { Command } from '../../../src/command.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { formFields, formInput } from '../../../src/form.ts';
import { checkView } from './server/payload-limits.ts';
import type { Json } from './server/state.ts';

const PLACE = { line: '/digest schedule', channel: 'C1', respond: 'https://hooks.slack.example/1' };

function commandOf(verb: string): Command {
  const found = COMMANDS.find((command) => command.verb === verb && command.form);
  if (found === undefined) throw new Error(`no form for ${verb}`);
  return found;
}

function viewOf(command: Command, initial: Readonly<Record<string, string>> = {}, place = PLACE) {
  return formView(command, formFields(command, initial), place, '');
}

/** What Slack sends of a view that is submitted as it opened. */
function submitted(view: ReturnType<typeof viewOf>): Json {
  const values = view.blocks.flatMap((block) => {
    if (!('element' in block)) return [];
    const element = block.element as unknown as Json;
    const state = {
      type: element.type,
      value: element.initial_value ?? null,
      selected_option: element.initial_option ?? null,
      selected_options: element.type === 'multi_static_select' ? (element.initial_options ?? []) : null,
    };
    return [[block.block_id, { [String(element.action_id)]: state }] as const];
  });
  return { private_metadata: view.private_metadata, state: { values: Object.fromEntries(values) } };
}

describe('a form as a modal', () => {
  it.each(COMMANDS.filter(({ form }) => form).map((command) => [`/${command.root} ${command.verb}`, command] as const))(
    'of %s is one that Slack takes, empty or full',
    (_, command) => {
      const most = Object.fromEntries(formFields(command, {}).map(({ name }) => [name, '😀'.repeat(3_000)]));
      for (const initial of [{}, most]) checkView(JSON.parse(JSON.stringify(viewOf(command, initial))), 'modal');
      expect(viewOf(command).blocks.at(-1)).toMatchObject({ type: 'context' });
    },
  );

  it('submitted as it opened means what it was opened with', () => {
    const command = commandOf('schedule');
    const initial = { at: '07:15', zone: 'Europe/Paris', days: 'mon,thu', barriers: 'pacing-gap', streams: 'un,eu' };
    const { place, filled } = readSubmission(submitted(viewOf(command, initial)));
    expect(place).toEqual(PLACE);
    expect(formInput(command, filled)).toEqual(initial);
  });

  it('with nothing chosen among several means all of them, and empty fields mean nothing', () => {
    const command = commandOf('schedule');
    const { filled } = readSubmission(submitted(viewOf(command, { at: '07:15' })));
    expect(formInput(command, filled)).toEqual({ at: '07:15', barriers: 'all', streams: 'all' });
  });

  it('brings back any text that was typed', () => {
    const command = commandOf('add');
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (url) => {
        const { filled } = readSubmission(submitted(viewOf(command, { url })));
        expect(filled.url).toEqual([url]);
      }),
    );
  });

  it('opens with the one choice that is set, and with none where there is none', () => {
    const select = (initial: Readonly<Record<string, string>>) =>
      viewOf(commandOf('add'), initial).blocks.find((block) => block.block_id === 'stream');
    expect(select({ stream: 'eu' })).toMatchObject({ element: { initial_option: { value: 'eu' } } });
    expect(select({ stream: 'nonsense' })).not.toHaveProperty('element.initial_option');
    expect(select({})).not.toHaveProperty('element.initial_option');
  });

  it('leaves out an address for answers that is too long to be kept, and keeps the rest', () => {
    const long = { ...PLACE, respond: `https://hooks.slack.example/${'x'.repeat(3_000)}` };
    const { place } = readSubmission(submitted(viewOf(commandOf('schedule'), {}, long)));
    expect(place).toEqual({ line: PLACE.line, channel: PLACE.channel });
  });

  it('still opens when the line that asked for it is too long to be kept', () => {
    const long = { ...PLACE, line: `/digest schedule zone:${'x'.repeat(4_000)}` };
    checkView(JSON.parse(JSON.stringify(viewOf(commandOf('schedule'), {}, long))), 'modal');
    expect(readSubmission(submitted(viewOf(commandOf('schedule'), {}, long))).place.line).toMatch(/^\/digest schedule/);
  });

  it('names the command to type in place of it, with its prefix', () => {
    const command = commandOf('schedule');
    const view = formView(command, formFields(command, {}), PLACE, 'bw-');
    expect(JSON.stringify(view.blocks.at(-1))).toContain('Or type it: /bw-digest schedule');
  });
});

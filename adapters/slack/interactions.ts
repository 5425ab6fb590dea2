/** Commands, presses and forms: acknowledged first, then done. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Card } from '../../src/card.ts';
import { type Command, ROOTS } from '../../src/command.ts';
import { prefixedText, rootOf } from '../../src/command-prefix.ts';
import { UserError } from '../../src/errors.ts';
import { formCommand, formFields, formInput, keptOptions } from '../../src/form.ts';
import { type Press, readPress } from '../../src/press.ts';
import { DAY, SECOND } from '../../src/time.ts';
import { outcomeOf } from './failure.ts';
import { acknowledge, answerOnce, type Listening, type Person, personOf } from './listeners.ts';
import { FORM, formView, readSubmission } from './modal.ts';
import { ACTIONS } from './render.ts';
import { typedText } from './text.ts';

/** A double click comes well within it; a second thought does not. */
const DOUBLE_CLICK = 3 * SECOND;

/** Registers the commands, whatever their prefix. */
export function listenToCommands(app: App, listening: Listening): void {
  const names = ROOTS.map((root) => `/${listening.prefix}${root}`);
  for (const name of names) {
    app.command(name, async ({ ack, command, context }) => {
      await acknowledge(ack, listening);
      const team = listening.teamOf(context.teamId);
      const root = rootOf(name, listening.prefix);
      if (team === undefined || root === undefined) return;
      const person = personOf(listening, team, {
        userId: command.user_id,
        userName: command.user_name,
        channelId: command.channel_id,
        respond: command.response_url,
      });
      const line = `/${root} ${typedText(command.text ?? '')}`.trim();
      await answerOnce(listening, person, command.trigger_id, () =>
        runLine(listening, person, line, command.trigger_id),
      );
    });
  }
}

/** Runs a line, or opens the form it asks for. */
async function runLine(listening: Listening, person: Person, line: string, trigger: string | undefined) {
  const { host } = listening;
  const command = formCommand(host.commands, line);
  if (command && trigger && (await mayOpen(command, person))) {
    const problem = await openForm(listening, person, command, line, trigger);
    return problem;
  }
  return host.handle({ workspace: person.team.workspace, channel: person.channel, user: person.user, text: line });
}

/** A person who may not run the command gets the refusal, and no form to fill in first. */
async function mayOpen({ access }: Command, { user }: Person): Promise<boolean> {
  return access === 'anyone' || user.isAdmin();
}

/** Opens a form; resolves with what went wrong, for the person, when Slack opens none. */
async function openForm(
  { host, prefix }: Listening,
  { team, channel, user, respond }: Person,
  command: Command,
  line: string,
  trigger: string,
): Promise<Card | undefined> {
  const initial = await host.prefill({ workspace: team.workspace, channel, user, text: line });
  const place = { line, channel: channel.id, ...(respond ? { respond } : {}) };
  try {
    await team.client.views.open({
      trigger_id: trigger,
      view: formView(command, formFields(command, initial), place, prefix),
    });
    return undefined;
  } catch (thrown) {
    const outcome = outcomeOf(thrown);
    const isLate = outcome?.kind === 'refused' && /trigger/.test(outcome.code);
    if (outcome === undefined || (outcome.kind === 'refused' && !isLate)) throw thrown;
    throw new UserError(`Slack opened no form in time. Try again, or type it: ${command.examples[0] ?? line}`);
  }
}

/** Listens to filled forms. */
export function listenToForms(app: App, listening: Listening): void {
  app.view(FORM, async ({ ack, body, view, context }) => {
    await acknowledge(ack, listening);
    const team = listening.teamOf(context.teamId);
    if (team === undefined) return;
    const { place, filled } = readSubmission(view);
    const person = personOf(listening, team, {
      userId: body.user.id,
      userName: body.user.name,
      channelId: place.channel,
      respond: place.respond,
    });
    await answerOnce(listening, person, `view ${view.id} ${view.hash}`, async () => {
      const { host } = listening;
      const command = formCommand(host.commands, place.line);
      if (command === undefined) throw new UserError('This form is of an older version. Open it again.');
      const { root, verb } = command;
      const input = { ...keptOptions(host.commands, place.line), ...formInput(command, filled) };
      return host.handle({ workspace: team.workspace, channel: person.channel, user: person.user, root, verb, input });
    });
  });
}

const pressSchema = z.object({
  trigger_id: z.string().optional(),
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() }),
  channel: z.object({ id: z.string() }).optional(),
  response_url: z.string().optional(),
  container: z
    .object({
      message_ts: z.string().optional(),
      /** Of the message itself where it only begins a thread. */
      thread_ts: z.string().optional(),
      view_id: z.string().optional(),
    })
    .default({}),
});

const actionSchema = z.object({
  action_id: z.string(),
  action_ts: z.string().optional(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

/** Listens to buttons and to the menu of items. */
export function listenToPresses(app: App, listening: Listening): void {
  app.action(new RegExp(`^(${ACTIONS.press}:\\d+|${ACTIONS.why})$`), async ({ ack, body, action, context }) => {
    await acknowledge(ack, listening);
    const team = listening.teamOf(context.teamId);
    if (team === undefined) return;
    const { user, channel, response_url, container, trigger_id } = pressSchema.parse(body);
    const { action_id, action_ts, value, selected_option } = actionSchema.parse(action);
    const person = personOf(listening, team, {
      userId: user.id,
      userName: user.name ?? user.username,
      channelId: channel?.id,
      thread: container.thread_ts === container.message_ts ? undefined : container.thread_ts,
      respond: response_url,
    });
    const where = container.message_ts ?? container.view_id ?? '';
    const pressed = selected_option?.value ?? value ?? '';
    await answerOnce(listening, person, trigger_id ?? `${action_ts} ${user.id}`, async () => {
      const once = `press ${user.id} ${where} ${action_id} ${pressed}`;
      if (!(await listening.host.once(team.workspace.id, once, DOUBLE_CLICK))) return undefined;
      const press = await pressOf(listening, person, action_id, pressed);
      return doPress(listening, person, press, { trigger: trigger_id, where });
    });
  });
}

async function pressOf({ answers }: Listening, { team }: Person, actionId: string, pressed: string): Promise<Press> {
  if (actionId === ACTIONS.why) return { action: 'run', line: `/barrier why ${pressed}` };
  const press = readPress((await answers.readValue(team, pressed)) ?? '');
  if (press) return press;
  throw new UserError('This button is of an older version. Type the command instead; /barrier help lists them.');
}

async function doPress(
  listening: Listening,
  person: Person,
  { action, line }: Press,
  { trigger, where }: { readonly trigger: string | undefined; readonly where: string },
): Promise<Card | undefined> {
  const { host } = listening;
  const { team, channel, user } = person;
  if (action !== 'share') return runLine(listening, person, line, trigger);
  if (!(await host.once(team.workspace.id, `share ${user.id} ${where} ${line}`, DAY))) {
    throw new UserError(
      `You shared this already. To share it again, type ${prefixedText(line, listening.prefix)} first.`,
    );
  }
  const card = await host.handle({ workspace: team.workspace, channel, user, text: line });
  // Without `share` it is no answer to a lookup but a failure, and that is for the person alone.
  if (card.share === undefined) return card;
  const { share: _, ...shared } = card;
  return { ...shared, public: true, by: user.name };
}

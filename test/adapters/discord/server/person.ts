/** A member of a guild at the keyboard: types commands, completes, presses, chooses, fills forms. */
import { type Answer, answerOf } from './answer.ts';
import { ATTACHMENT, type CommandOption, SUBCOMMAND } from './command-limits.ts';
import type { Gateway } from './gateway.ts';
import { type Component, controls } from './message-body.ts';
import type { Modal } from './modal-limits.ts';
import { attachedJson, channelJson, interactionMemberJson, messageJson, userJson } from './payloads.ts';
import { permissionsIn, RIGHTS } from './permissions.ts';
import type { AttachedFile, Bot, Channel, Interaction, Message, State, StoredCommand, User } from './state.ts';

const COMMAND = 2;
const COMPONENT = 3;
const COMPLETION = 4;
const SUBMIT = 5;
const BUTTON = 2;
const TEXT_INPUT = 4;

type Values = Readonly<Record<string, string | number | boolean | AttachedFile>>;

export interface Person {
  readonly user: User;
  /** Types `/feeds add` with options, as the client lets them. Throws where the client would not send it. */
  types(channel: Channel, command: string, values?: Values): Promise<Answer>;
  /** Types half an option and looks at what is offered. */
  completes(channel: Channel, command: string, option: string, typed: string, values?: Values): Promise<Answer>;
  /** Presses the button with this label. */
  presses(message: Message | undefined, label: string): Promise<Answer>;
  /** Presses twice without waiting. */
  pressesTwice(message: Message | undefined, label: string): Promise<readonly [Answer, Answer]>;
  /** Chooses the entry with this label, or its start, in the message's menu. */
  chooses(message: Message | undefined, label: string): Promise<Answer>;
  /** Fills the form: texts, or values of menus, by the label of the field; other fields stay as they opened. */
  submits(
    channel: Channel,
    modal: Modal,
    filled?: Readonly<Record<string, string | readonly string[]>>,
  ): Promise<Answer>;
  /** Sends a button press that the client never drew. */
  forges(message: Message | undefined, customId: string): Promise<Answer>;
}

interface Parts {
  readonly state: State;
  readonly gateway: Gateway;
  readonly bot: Bot;
  readonly user: User;
  readonly address: () => string;
  readonly isBusy: () => boolean;
}

export function createPerson({ state, gateway, bot, user, address, isBusy }: Parts): Person {
  const begin = (type: number, channel: Channel, data: object, source?: Message): Interaction => {
    const interaction: Interaction = {
      id: state.snowflake(),
      token: `interaction-token-${state.snowflake()}`,
      type,
      bot,
      user,
      channel,
      createdAt: state.now(),
      messages: [],
      ...(source ? { source } : {}),
    };
    state.interactions.set(interaction.id, interaction);
    const { guild } = channel;
    gateway.dispatch(bot, 'INTERACTION_CREATE', {
      id: interaction.id,
      application_id: bot.user.id,
      type,
      token: interaction.token,
      version: 1,
      data,
      channel_id: channel.id,
      channel: channelJson(channel),
      locale: 'en-GB',
      entitlements: [],
      authorizing_integration_owners: {},
      attachment_size_limit: 10_485_760,
      context: guild ? 0 : 1,
      ...(guild
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: 'en-US', features: [] },
            guild_locale: 'en-US',
            app_permissions: String(permissionsIn(guild, bot.user.id, channel)),
            member: interactionMemberJson(guild, user, channel),
          }
        : { app_permissions: '0', user: userJson(user) }),
      ...(source ? { message: messageJson(source, address()) } : {}),
    });
    return interaction;
  };

  const act = (type: number, channel: Channel, data: object, source?: Message): Promise<Answer> =>
    answerOf(begin(type, channel, data, source), isBusy);

  const commandData = (channel: Channel, command: string, values: Values, focused?: string) => {
    const [name = '', verb = ''] = command.replace(/^\//, '').split(' ');
    const found = offered(bot, user, channel, name);
    const sub = found.options?.find((each) => each.type === SUBCOMMAND && each.name === verb);
    if (sub === undefined) throw new Error(`/${name} has no subcommand ${verb}`);
    const attachments: Record<string, object> = {};
    const options = Object.entries(values).map(([option, value]) => {
      const filled = filledOption(sub, option, value, option === focused);
      return typeof value === 'object' ? { ...filled, value: attach(value, attachments) } : filled;
    });
    for (const { name: needed, required } of sub.options ?? []) {
      if (required && !(needed in values) && focused === undefined)
        throw new Error(`the client asks for ${needed} first`);
    }
    const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
    return { id: found.id, name, type: 1, options: [{ name: verb, type: SUBCOMMAND, options }], ...resolved };
  };

  /** Uploads a file, as the client does before it sends the command, and gives its id. */
  const attach = (file: AttachedFile, attachments: Record<string, object>): string => {
    const id = state.snowflake();
    const path = `/ephemeral-attachments/${id}/${encodeURIComponent(file.name)}`;
    state.attached.set(path, file);
    attachments[id] = attachedJson(id, file, file.url ?? `${address()}${path}`);
    return id;
  };

  const press = (message: Message | undefined, customId: string): Promise<Answer> => {
    const source = visible(message, user);
    return act(COMPONENT, source.channel, { custom_id: customId, component_type: BUTTON }, source);
  };

  return {
    user,
    types: async (channel, command, values = {}) => act(COMMAND, channel, commandData(channel, command, values)),
    completes: async (channel, command, option, typed, values = {}) =>
      act(COMPLETION, channel, commandData(channel, command, { ...values, [option]: typed }, option)),
    presses: async (message, label) => press(message, control(visible(message, user), label).custom_id ?? ''),
    async pressesTwice(message, label) {
      const id = control(visible(message, user), label).custom_id ?? '';
      return Promise.all([press(message, id), press(message, id)]);
    },
    async chooses(message, label) {
      const source = visible(message, user);
      const menu = controls(source.components).find(({ options }) =>
        options?.some((each) => each.label.startsWith(label)),
      );
      const value = menu?.options?.find((each) => each.label.startsWith(label))?.value;
      if (menu === undefined || value === undefined) throw new Error(`no menu offers ${label}`);
      const data = { custom_id: menu.custom_id, component_type: menu.type, values: [value] };
      return act(COMPONENT, source.channel, data, source);
    },
    submits: (channel, modal, filled = {}) =>
      act(SUBMIT, channel, {
        custom_id: modal.custom_id,
        components: modal.components.map((each) => filledField(each, filled)),
      }),
    forges: (message, customId) => press(message, customId),
  };
}

/** The command as the client offers it. Throws where it hides it. */
function offered(bot: Bot, user: User, channel: Channel, name: string): StoredCommand {
  const { guild } = channel;
  const scopes = guild ? [guild.id, ''] : [''];
  const found = scopes.flatMap((scope) => bot.commands.get(scope) ?? []).find((each) => each.name === name);
  if (found === undefined) throw new Error(`the client knows no /${name}`);
  if (found.contexts && !found.contexts.includes(guild ? 0 : 1)) throw new Error(`the client hides /${name} here`);
  const needed = found.default_member_permissions;
  if (guild && needed != null && !guild.opened.has(name)) {
    const held = permissionsIn(guild, user.id, channel);
    if ((held & BigInt(needed)) !== BigInt(needed) && !(held & RIGHTS.administrator))
      throw new Error(`the client hides /${name} from ${user.username}`);
  }
  return found;
}

function filledOption(sub: CommandOption, name: string, value: Values[string], isFocused: boolean): object {
  const option = sub.options?.find((each) => each.name === name);
  if (option === undefined) throw new Error(`${sub.name} has no option ${name}`);
  const isFile = typeof value === 'object';
  if (isFile !== (option.type === ATTACHMENT)) throw new Error(`${name} takes ${isFile ? 'no file' : 'a file'}`);
  if (isFocused && !option.autocomplete) throw new Error(`${name} is not completed`);
  if (!isFocused && option.choices?.length && !option.choices.some((choice) => choice.value === value))
    throw new Error(`${name} does not offer ${value}`);
  return { name, type: option.type, value, ...(isFocused ? { focused: true } : {}) };
}

function visible(message: Message | undefined, user: User): Message {
  if (message === undefined) throw new Error('there is no such message');
  if (message.ephemeralFor !== undefined && message.ephemeralFor !== user.id) throw new Error('someone else’s message');
  return message;
}

function control(message: Message, label: string): Component {
  const found = controls(message.components).find((each) => each.label === label);
  if (found === undefined)
    throw new Error(`no button ${label} among ${controls(message.components).map((each) => each.label)}`);
  if (found.disabled) throw new Error(`${label} cannot be pressed`);
  return found;
}

/** A field of a form as the client sends it. Throws for what it would not let pass. */
function filledField(label: Component, filled: Readonly<Record<string, string | readonly string[]>>): object {
  const field = label.component;
  if (field === undefined) throw new Error('a label without a field');
  const given = filled[label.label ?? ''];
  if (field.type === TEXT_INPUT) {
    const value = typeof given === 'string' ? given : (field.value ?? '');
    if (field.required !== false && value === '') throw new Error(`${label.label} must be filled`);
    return { type: 18, component: { type: TEXT_INPUT, custom_id: field.custom_id, value } };
  }
  const initial = (field.options ?? []).filter((each) => each.default).map(({ value }) => value);
  const values = given === undefined ? initial : [given].flat();
  if (values.some((value) => !field.options?.some((each) => each.value === value))) throw new Error('no such choice');
  if (field.required !== false && values.length === 0) throw new Error(`${label.label} must be chosen`);
  return { type: 18, component: { type: field.type, custom_id: field.custom_id, values } };
}

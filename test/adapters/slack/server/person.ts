/** What a person does in Slack, and what they then see: tests read as such sentences. */
import type { Acknowledged } from './socket-mode.ts';
import {
  directChannel,
  type Json,
  type SlackMessage,
  type SlackTeam,
  type SlackUser,
  type SlackView,
  type State,
} from './state.ts';

type Send = (
  type: 'slash_commands' | 'interactive' | 'events_api',
  payload: Json,
  twice?: boolean,
) => Promise<Acknowledged>;

/** One interaction: when it was acknowledged, and the answers so far. */
export interface Asked {
  /** Milliseconds. */
  readonly delay: number;
  /** Answers through the response address, in order. */
  readonly answers: readonly Json[];
}

/** A file that is sent, and what Slack tells of it that is not so. */
interface Sent extends Json {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface PersonOptions {
  readonly state: State;
  readonly base: () => string;
  readonly send: Send;
}

/** Where an answer with buttons stands. */
interface Shown {
  readonly blocks: readonly Json[];
  readonly ts?: string;
  readonly threadTs?: string;
}

export function createPerson({ state, base, send }: PersonOptions, team: SlackTeam, user: SlackUser) {
  const facts = (channelId: string) => {
    const trigger = state.newId('trigger.');
    state.triggers.set(trigger, { teamId: team.id, userId: user.id, madeAt: Date.now(), isUsed: false });
    const response = state.newId('R');
    const answers: Json[] = [];
    state.responses.set(response, { teamId: team.id, channelId, userId: user.id, answers });
    return { trigger, answers, response_url: `${base()}/respond/${response}` };
  };

  const interact = async (
    channelId: string | undefined,
    shown: Shown,
    action: Json,
    twice: boolean,
  ): Promise<Asked> => {
    const { trigger, answers, response_url } = facts(channelId ?? '');
    const { delay } = await send(
      'interactive',
      {
        type: 'block_actions',
        api_app_id: 'A0TEST',
        team: { id: team.id, domain: 'test' },
        user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
        trigger_id: trigger,
        actions: [{ action_ts: state.newTs(), ...action }],
        ...(channelId
          ? {
              channel: { id: channelId, name: 'any' },
              response_url,
              container: {
                type: 'message',
                message_ts: shown.ts ?? '1.0',
                channel_id: channelId,
                ...(shown.threadTs ? { thread_ts: shown.threadTs } : {}),
              },
            }
          : { container: { type: 'view', view_id: 'V0' } }),
      },
      twice,
    );
    return { delay, answers };
  };

  return {
    user,
    /** Types a command. */
    async types(channelId: string, command: string, text = '', { twice = false } = {}): Promise<Asked> {
      const { trigger, answers, response_url } = facts(channelId);
      const payload = {
        token: 'unused',
        team_id: team.id,
        team_domain: 'test',
        channel_id: channelId,
        channel_name: 'any',
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: 'A0TEST',
        is_enterprise_install: 'false',
        response_url,
        trigger_id: trigger,
      };
      const { delay } = await send('slash_commands', payload, twice);
      return { delay, answers };
    },
    /** Presses a button by its label; on the Home tab where no channel is given. */
    presses(channelId: string | undefined, shown: Shown, label: string, { twice = false } = {}): Promise<Asked> {
      const button = elementsIn(shown).find(({ type, text }) => type === 'button' && labelOf(text) === label);
      if (button === undefined) throw new Error(`there is no button “${label}”`);
      return interact(channelId, shown, { ...button, block_id: 'b' }, twice);
    },
    /** Chooses an entry of the menu by the start of its label. */
    chooses(channelId: string, shown: Shown, label: string): Promise<Asked> {
      const menu = elementsIn(shown).find(({ type }) => type === 'static_select');
      const options = Array.isArray(menu?.options) ? menu.options : [];
      const selected = options.find(({ text }) => labelOf(text)?.startsWith(label));
      if (menu === undefined || selected === undefined) throw new Error(`there is no entry “${label}”`);
      const action = { type: 'static_select', action_id: menu.action_id, block_id: 'b', selected_option: selected };
      return interact(channelId, shown, action, false);
    },
    /** The form that is open, newest first; undefined when there is none. */
    form(): SlackView | undefined {
      return [...team.views.values()].filter(({ userId }) => userId === user.id).at(-1);
    },
    /** Fills the open form and submits it. */
    async submits(
      values: Readonly<Record<string, string | readonly string[]>>,
      { twice = false } = {},
    ): Promise<Acknowledged> {
      const form = this.form();
      if (form === undefined) throw new Error('no form is open');
      const payload = {
        type: 'view_submission',
        api_app_id: 'A0TEST',
        team: { id: team.id, domain: 'test' },
        user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
        trigger_id: state.newId('trigger.'),
        view: {
          ...form.view,
          id: form.id,
          hash: form.hash,
          team_id: team.id,
          state: { values: stateOf(form.view, values) },
        },
      };
      const acknowledged = await send('interactive', payload, twice);
      team.views.delete(form.id);
      return acknowledged;
    },
    /** Says something in the direct messages with the bot. */
    says: (text: string) =>
      happens({
        type: 'message',
        channel_type: 'im',
        channel: directChannel(team, user.id).id,
        user: user.id,
        text,
        ts: state.newTs(),
      }),
    /** Sends files in the direct messages with the bot. */
    shares: (files: readonly Sent[], { twice = false } = {}) =>
      happens(
        {
          type: 'message',
          subtype: 'file_share',
          channel_type: 'im',
          channel: directChannel(team, user.id).id,
          user: user.id,
          text: '',
          ts: state.newTs(),
          upload: false,
          files: files.map(upload),
        },
        twice,
      ),
    opensHome: () => happens({ type: 'app_home_opened', tab: 'home', channel: `D${user.id.slice(1)}`, user: user.id }),
    /** What only this person sees in a channel, besides answers. */
    sees: (channelId: string): readonly SlackMessage[] =>
      (team.channels.get(channelId)?.messages ?? []).filter(({ onlyFor }) => onlyFor === user.id),
  };

  function upload({ name, content, ...told }: Sent): Json {
    const id = state.newId('F');
    team.files.set(id, { id, name, content, isComplete: true });
    const filetype = name.split('.').at(-1) ?? '';
    const url_private_download = `${base()}/files-pri/${team.id}/${id}/download/${encodeURIComponent(name)}`;
    return { id, name, size: Buffer.byteLength(content), filetype, url_private_download, ...told };
  }

  function happens(event: Json, twice = false): Promise<Acknowledged> {
    return send('events_api', eventOf(state, team, event), twice);
  }
}

export type Person = ReturnType<typeof createPerson>;

/** An event as Slack wraps it. */
export function eventOf(state: State, team: SlackTeam, event: Json): Json {
  return {
    token: 'unused',
    team_id: team.id,
    api_app_id: 'A0TEST',
    type: 'event_callback',
    event_id: state.newId('Ev'),
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [{ team_id: team.id, user_id: team.botUserId, is_bot: true, is_enterprise_install: false }],
    event: { event_ts: state.newTs(), ...event },
  };
}

function elementsIn({ blocks }: Shown): Json[] {
  return blocks.flatMap(({ type, elements }) => (type === 'actions' && Array.isArray(elements) ? elements : []));
}

function labelOf(text: unknown): string | undefined {
  return typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : undefined;
}

/** What the inputs hold: what was filled in, else what they held when the form opened. */
function stateOf(view: Json, values: Readonly<Record<string, string | readonly string[]>>): Json {
  const blocks: Json[] = Array.isArray(view.blocks) ? view.blocks : [];
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map(({ block_id, element }) => {
      const { type, action_id, initial_value, initial_option, initial_options } = element as Json;
      const given = values[String(block_id)];
      const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });
      const state =
        type === 'multi_static_select'
          ? { selected_options: given === undefined ? (initial_options ?? []) : [given].flat().map(option) }
          : type === 'static_select'
            ? { selected_option: given === undefined ? (initial_option ?? null) : option(String(given)) }
            : { value: given ?? initial_value ?? null };
      return [block_id, { [String(action_id)]: { type, ...state } }];
    }),
  );
}

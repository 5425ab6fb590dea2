/** Brings an answer to the person who asked: through the response address, or as a direct message where there is none. */
import type { webApi } from '@slack/bolt';
import type { Card } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import { messageOf, WorldError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Channel } from '../../src/model.ts';
import { type Press, writePress } from '../../src/press.ts';
import { repeatable } from './client.ts';
import { channelFailure, outcomeOf } from './failure.ts';
import { LIMITS } from './limits.ts';
import { type Rendered, renderAnswer } from './render.ts';
import { postResponse } from './response-address.ts';
import type { Team } from './workspaces.ts';

const TOO_LONG = '@';

export interface AnswerOptions {
  readonly prefix: string;
  readonly keepLine: (workspaceId: string, line: string) => Promise<string>;
  readonly findLine: (workspaceId: string, id: string) => Promise<string | undefined>;
  readonly log: Pick<Log, 'warn'>;
}

/** Where an answer goes. */
export interface Asker {
  readonly team: Team;
  readonly userId: string;
  /** Where it was asked; on the Home tab, a channel that is none of Slack's. */
  readonly channel: Channel;
  /** The thread whose message was pressed; absent for the channel itself. */
  readonly thread?: string | undefined;
  /** Slack's address for answers to this command or press: five uses in half an hour; absent on the Home tab. */
  readonly respond?: string | undefined;
}

export interface Answers {
  /** Shows a card to the asker, or to the channel when it is public. Throws WorldError when Slack takes it nowhere. */
  show(asker: Asker, card: Card): Promise<void>;
  /** Shows a card to a person in a direct message; resolves with its timestamp. */
  tell(team: Team, userId: string, card: Card): Promise<void>;
  /** Renders with the values of buttons kept where they are too long. */
  render(team: Team, card: Card, most: number): Promise<Rendered>;
  /** The press that a button's value stands for; undefined for one that nobody knows any more. */
  readValue(team: Team, value: string): Promise<string | undefined>;
}

export function createAnswers({ prefix, keepLine, findLine, log }: AnswerOptions): Answers {
  const render = async (team: Team, card: Card, most: number): Promise<Rendered> => {
    const values = new Map<string, string>();
    for (const press of pressesOf(card)) {
      const text = writePress(press);
      if (text.length > LIMITS.buttonValue) values.set(text, `${TOO_LONG}${await keepLine(team.workspace.id, text)}`);
    }
    const valueFor = (press: Press) => values.get(writePress(press)) ?? writePress(press);
    return renderAnswer(prefixed(card, prefix), most, { valueFor });
  };

  const tell = async (team: Team, userId: string, card: Card): Promise<void> => {
    // The reader is who did it, and there is nobody here to share it with.
    const { thread: _, share: __, by: ___, ...flat } = card;
    const rendered = await render(team, flat, LIMITS.responses);
    const channel = await openDirectMessage(team, userId);
    for (const { text, blocks } of rendered.messages) {
      await team.client.chat.postMessage({ channel, text, blocks, unfurl_links: false, unfurl_media: false });
    }
    await sendFiles(team, channel, rendered.files);
  };

  return {
    tell,
    render,
    async show(asker, card) {
      const { team, userId, respond, thread } = asker;
      if (respond === undefined) return tell(team, userId, card);
      // An answer has no thread; the lines below its lists say where the rest is.
      const { thread: _, ...flat } = card;
      const rendered = await render(team, flat, LIMITS.responses - 1);
      for (const message of rendered.messages) {
        // A form may lie open for longer than its address takes answers.
        if (!(await postResponse(respond, message, { isPublic: card.public, thread })))
          return showWithoutAddress(asker, flat);
      }
      if (rendered.files.length === 0) return;
      const note = await fileNote(asker, rendered.files);
      await postResponse(respond, { text: note, blocks: [], entries: 0 }, { isPublic: false, thread });
    },
    async readValue(team, value) {
      return value.startsWith(TOO_LONG) ? findLine(team.workspace.id, value.slice(TOO_LONG.length)) : value;
    },
  };

  /** What is for all goes to the channel, where the bot may speak there; anything else comes as a direct message. */
  async function showWithoutAddress({ team, userId, channel }: Asker, card: Card): Promise<void> {
    if (!card.public) return tell(team, userId, card);
    const { messages } = await render(team, card, LIMITS.responses);
    try {
      for (const { text, blocks } of messages) {
        const place = { channel: channel.id, unfurl_links: false, unfurl_media: false };
        await team.client.chat.postMessage({ ...place, text, blocks });
      }
    } catch (thrown) {
      if (outcomeOf(thrown)?.kind !== 'refused') throw channelFailure(thrown);
      await tell(team, userId, card);
    }
  }

  async function fileNote({ team, userId }: Asker, files: Rendered['files']): Promise<string> {
    const names = files.map(({ name }) => name).join(', ');
    try {
      await sendFiles(team, await openDirectMessage(team, userId), files);
      return `${names} is in your direct messages with me.`;
    } catch (thrown) {
      log.warn({ reason: messageOf(thrown) }, 'a file could not be sent');
      return `${names} could not be sent as a direct message. The app needs the scopes files:write and im:write.`;
    }
  }
}

function pressesOf(card: Card): Press[] {
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const presses = buttons.map(({ action, command }): Press => ({ action: action ?? 'run', line: command }));
  return card.share === undefined ? presses : [...presses, { action: 'share', line: card.share }];
}

async function openDirectMessage({ client }: Team, userId: string): Promise<string> {
  const { channel } = await repeatable(() => client.conversations.open({ users: userId }));
  if (channel?.id === undefined) throw new WorldError('Slack opened no direct message.');
  return channel.id;
}

async function sendFiles({ client }: Team, channel: string, files: Rendered['files']): Promise<void> {
  for (const { name, content } of files) {
    const upload: webApi.FilesUploadV2Arguments = { channel_id: channel, filename: name, title: name, content };
    await client.filesUploadV2(upload);
  }
}

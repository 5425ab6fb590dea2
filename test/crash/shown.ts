/** What stands in a channel: its digests, each with the marks of its entries in the order in which a reader meets them. */
import type { Channel, Message } from '../adapters/discord/server/state.ts';
import { wordsOf } from '../adapters/slack/open-slack.ts';
import type { SlackMessage } from '../adapters/slack/server/state.ts';
import { marksIn } from './news.ts';

/** The marks of each digest, of its message first and then of those in its thread. */
export type Shown = readonly (readonly string[])[];

export function shownOnSlack(messages: readonly SlackMessage[]): Shown {
  const marks = (message: SlackMessage) => {
    const blocks = message.blocks.filter(({ type }) => type !== 'actions');
    return oncePerEntry(wordsOf([{ text: '', blocks }]));
  };
  return messages
    .filter(({ threadTs }) => threadTs === undefined)
    .map((parent) => [parent, ...messages.filter(({ threadTs }) => threadTs === parent.ts)].flatMap(marks));
}

export function shownOnDiscord(channel: Channel): Shown {
  const marks = ({ embeds }: Message) => oncePerEntry(embeds.map(({ description }) => description ?? '').join('\n'));
  const threads = channel.guild?.channels ?? [];
  return channel.messages.map((parent) => {
    const thread = threads.find(({ id }) => id === parent.id);
    return [parent, ...(thread?.messages ?? [])].flatMap(marks);
  });
}

/** An entry shows its title, and may quote it. */
function oncePerEntry(words: string): string[] {
  return marksIn(words).filter((mark, index, all) => mark !== all[index - 1]);
}

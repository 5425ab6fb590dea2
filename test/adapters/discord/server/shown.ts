/** What people see of messages, as plain text: markdown as it looks, controls in brackets. */
import { readMarkdown } from '../markdown.ts';
import { controls } from './message-body.ts';
import type { Channel, Guild, Message } from './state.ts';

/** One message, its embeds, files and controls a line each. */
export function shownMessage(message: Message): string {
  if (message.isLoading) return '(thinking …)';
  const visible = (text: string | null | undefined) => (text ? [readMarkdown(text).text] : []);
  const embeds = message.embeds.flatMap((embed) => [
    ...visible(embed.title),
    ...visible(embed.description),
    ...(embed.fields ?? []).flatMap(({ name, value }) => [...visible(name), ...visible(value)]),
    ...(embed.footer ? [embed.footer.text] : []),
  ]);
  const files = message.files.map(({ name }) => `[file ${name}]`);
  const drawn = controls(message.components).map((control) => `[${control.label ?? control.placeholder}]`);
  return [...visible(message.content), ...embeds, ...files, ...drawn].join('\n');
}

/** All that everyone in the channel sees, each thread below the message it hangs on. */
export function shownChannel(channel: Channel): string {
  const threads: Guild['channels'] = channel.guild?.channels ?? [];
  return channel.messages
    .filter(({ ephemeralFor }) => ephemeralFor === undefined)
    .flatMap((message) => {
      const thread = threads.find(({ id, parent }) => id === message.id && parent === channel);
      return [shownMessage(message), ...(thread ? [`(thread ${thread.name})`, shownChannel(thread)] : [])];
    })
    .join('\n');
}

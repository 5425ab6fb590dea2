/** Both platforms, disturbed, with many channels each. */
import { coreChannel, openBot } from '../adapters/discord/open.ts';
import type { Channel as DiscordChannel } from '../adapters/discord/server/state.ts';
import { openSlack, wordsOf } from '../adapters/slack/open-slack.ts';
import { addChannel, type SlackMessage } from '../adapters/slack/server/state.ts';
import { marksIn } from './cards.ts';
import { sendAll } from './deliveries.ts';
import { disturbDiscord, disturbSlack, type Met, type PlanOptions } from './fault-plan.ts';

export interface Size extends PlanOptions {
  readonly channels: number;
  readonly digests: number;
}

export interface Run {
  readonly deliveries: Awaited<ReturnType<typeof sendAll>>;
  /** The marks in each channel, in the order in which people read them: a message, then its thread. */
  readonly shown: readonly (readonly string[])[];
  readonly met: Met;
}

export async function runOnSlack(size: Size): Promise<Run> {
  const open = await openSlack();
  const ids = Array.from({ length: size.channels }, (_, index) => `C${index + 100}`);
  const places = ids.map((id) => addChannel(open.team, id, id, { members: [open.team.botUserId] }));
  const met = disturbSlack(open.slack, size);
  const channels = ids.map((id) => ({ ...open.channel, id }));
  const { dependencies } = open;
  const advance = async (milliseconds: number) => {
    open.advance(milliseconds);
    await Promise.all(met.late);
  };
  const deliveries = await sendAll({ dependencies, channels, digests: size.digests, advance });
  open.slack.faults.clear();
  await open.close();
  return { deliveries, shown: places.map(({ messages }) => readSlack(messages)), met };
}

function readSlack(messages: readonly SlackMessage[]): string[] {
  const words = (shown: readonly SlackMessage[]) =>
    wordsOf(shown.map(({ blocks }) => ({ blocks: blocks.filter(({ type }) => type !== 'actions') })));
  return messages
    .filter(({ threadTs }) => threadTs === undefined)
    .flatMap((parent) => marksIn(words([parent, ...messages.filter(({ threadTs }) => threadTs === parent.ts)])));
}

export async function runOnDiscord(size: Size): Promise<Run> {
  const open = await openBot();
  const { server, guild, core } = open;
  const places = Array.from({ length: size.channels }, (_, index) => server.addChannel(guild, `channel-${index}`));
  const { take } = server.faults;
  const met = disturbDiscord(server, size);
  const advance = async (milliseconds: number) => {
    core.advance(milliseconds);
    await Promise.all(met.late);
    // So that Discord forgets the nonces of earlier tries.
    server.state.advance(milliseconds);
  };
  const { dependencies } = core;
  const deliveries = await sendAll({ dependencies, channels: places.map(coreChannel), digests: size.digests, advance });
  server.faults.take = take;
  await open.close();
  return { deliveries, shown: places.map((place) => readDiscord(place)), met };
}

function readDiscord({ messages, guild }: DiscordChannel): string[] {
  const words = (shown: DiscordChannel['messages']) =>
    shown.flatMap(({ embeds }) => embeds.map(({ description }) => description ?? '')).join('\n');
  return messages.flatMap((message) => {
    const thread = guild?.channels.find(({ id }) => id === message.id);
    return marksIn(words([message, ...(thread?.messages ?? [])]));
  });
}

import { z } from 'zod';
import { repeatable } from './client.ts';
import { channelFailure, closedWords, outcomeOf } from './failure.ts';
import type { Team } from './workspaces.ts';

const channelSchema = z.object({
  channel: z.object({
    is_archived: z.boolean().default(false),
    is_member: z.boolean().default(false),
    is_im: z.boolean().default(false),
  }),
});

/** What keeps the bot from posting in a channel, with what to do; undefined when nothing does. Throws WorldError when Slack cannot be asked. */
export async function channelObstacle({ client, botName }: Team, channelId: string): Promise<string | undefined> {
  try {
    const { channel } = channelSchema.parse(await repeatable(() => client.conversations.info({ channel: channelId })));
    if (channel.is_archived) return closedWords('is_archived');
    if (!channel.is_member && !channel.is_im) return `I am not in this channel. Invite me with /invite @${botName}.`;
    return undefined;
  } catch (thrown) {
    const outcome = outcomeOf(thrown);
    if (outcome?.kind === 'refused') {
      if (outcome.code === 'channel_not_found') return `I am not in this channel. Invite me with /invite @${botName}.`;
      // Without channels:read it cannot be seen; posting will tell.
      if (outcome.code === 'missing_scope') return undefined;
    }
    throw channelFailure(thrown);
  }
}

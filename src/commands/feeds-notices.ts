import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import type { NoticeRoute } from '../model.ts';

export const feedsNotices = defineCommand({
  root: 'feeds',
  verb: 'notices',
  description: 'Where to tell of sources that are down, back, moved, gone or held: this channel, or nowhere',
  options: z.object({ where: z.enum(['here', 'off']).describe('here or off') }),
  access: 'admin',
  examples: ['/feeds notices here', '/feeds notices off'],
  async run(context, { where }) {
    const { store, workspace, channel, user, clock } = context;
    const route: NoticeRoute = where === 'here' ? { channelId: channel.id } : 'off';
    const obstacle = where === 'here' ? await context.obstacle() : undefined;
    const change = await store.editFeedList(workspace.id, { action: 'notices', route }, user.id, clock.now());
    if (change === undefined) return reply(context, 'Nothing to do', [paragraph('Notices go there already.')]);
    return reply(
      context,
      where === 'here' ? 'Notices come here' : 'No more notices',
      [
        paragraph(
          where === 'here'
            ? 'One when a source is down for a day and one when it is back; one when it moved, is gone, or suddenly shows much that looks new.'
            : '/feeds health still shows all of it.',
        ),
        ...(obstacle ? [paragraph(`But nothing can be posted here yet: ${obstacle}`)] : []),
        { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] },
      ],
      { tone: obstacle ? 'warning' : 'good', public: true },
    );
  },
});

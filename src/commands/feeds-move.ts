import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import { feedName, readFeed } from './options.ts';

export const feedsMove = defineCommand({
  root: 'feeds',
  verb: 'move',
  description: 'Take over the address that a source says it has moved to',
  options: z.object({ feed: feedName }),
  access: 'admin',
  examples: ['/feeds move us-ntia'],
  async run(context, { feed: words }) {
    const { store, workspace, user, clock } = context;
    const { id, title, url, moved } = await readFeed(context, words);
    if (moved === undefined) {
      throw new UserError(
        `${title} has not said that it moved. To watch another address: /feeds remove ${id}, then /feeds add <url>.`,
      );
    }
    const change = await store.editFeedList(
      workspace.id,
      { action: 'move', feedId: id, url: moved.to },
      user.id,
      clock.now(),
    );
    if (change === undefined) {
      throw new UserError(`${moved.to} is on the list already. /feeds remove ${id} takes the old address off.`);
    }
    const renamed = change.subject === id ? '' : ` It is ${change.subject} now, since others keep the old address.`;
    return reply(
      context,
      `Moved: ${title}`,
      [
        paragraph(`From ${url}\nto ${moved.to}\nIt is read there at once.${renamed}`),
        { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] },
      ],
      { tone: 'good', public: true },
    );
  },
});

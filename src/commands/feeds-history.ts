import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { showTime } from '../time.ts';

const SHOWN = 20;

export const feedsHistory = defineCommand({
  root: 'feeds',
  verb: 'history',
  description: 'Who changed feeds and digests, and when',
  options: z.object({}),
  access: 'anyone',
  examples: ['/feeds history'],
  async run(context) {
    const changes = await context.store.history(context.workspace.id, SHOWN);
    const fields = changes.map(({ id, at, actor, action, subject, undoneBy }) => ({
      name: `#${id} ${showTime(at, context.timeZone)}`,
      value: `${actor} · ${action} ${subject}${undoneBy ? ` · taken back by #${undoneBy}` : ''}`,
    }));
    return reply(context, 'Changes', [
      fields.length > 0 ? { kind: 'fields', fields } : paragraph('Nobody has changed anything yet.'),
    ]);
  },
});

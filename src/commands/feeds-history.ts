import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { actorWords } from '../person.ts';
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
    const { store, workspace } = context;
    const changes = await store.history(workspace.id, SHOWN);
    const names = await store.namesOf(
      workspace.id,
      changes.map(({ actor }) => actor),
    );
    const fields = changes.map(({ id, at, actor, action, subject, undoneBy }) => ({
      name: `#${id} ${showTime(at, context.timeZone)}`,
      value: `${actorWords(actor, names.get(actor))} · ${action} ${subject}${undoneBy ? ` · taken back by #${undoneBy}` : ''}`,
    }));
    return reply(context, 'Changes', [
      fields.length > 0 ? { kind: 'fields', fields } : paragraph('Nobody has changed anything yet.'),
    ]);
  },
});

import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { eventEntry } from '../entries.ts';
import { byDate, toEvents } from '../event.ts';
import { readFilters, recentPosted } from '../posted.ts';
import { movements, pressureWords, readMovements } from '../pressure.ts';
import { BARRIERS } from '../taxonomy/barriers.ts';

/** Enough of the newest items that the newest event of a barrier is among them with all its sources. */
const NEWEST = 12;

export const barrierOverview = defineCommand({
  root: 'barrier',
  verb: 'overview',
  description: 'Each barrier with its pressure and newest event',
  options: z.object({}),
  access: 'anyone',
  examples: ['/barrier', '/barrier overview'],
  async run(context) {
    const { store, workspace, clock } = context;
    const { now: recent, before } = await readMovements(store, workspace.id, clock.now());
    const filters = await readFilters(store, workspace.id);
    const sections = await Promise.all(
      BARRIERS.map(async (barrier) => {
        const items = await recentPosted(store, workspace.id, filters, { barrier: barrier.id, limit: NEWEST });
        const newest = toEvents(items).sort(byDate)[0];
        const tagging = newest?.taggings.find((each) => each.barrier === barrier.id);
        return [
          {
            kind: 'heading',
            text: barrier.name,
            note: `${pressureWords(movements(recent, barrier.id), movements(before, barrier.id))} ${barrier.sections.map((each) => `[${each}]`).join(' ')}`,
          } as const,
          newest
            ? ({ kind: 'entries', entries: [eventEntry(newest, tagging)] } as const)
            : paragraph('Nothing tagged yet.', 'quiet'),
        ];
      }),
    );
    const { items, relevant } = await store.countItems(workspace.id);
    return reply(context, 'The six barriers to governing AI internationally', [
      paragraph(
        `Events of the last 30 days. ▲ deepens, ▼ eases, ◆ both. ${items} items read, ${relevant} about AI governance.`,
        'quiet',
      ),
      ...sections.flat(),
      { kind: 'buttons', buttons: BARRIERS.map(({ id, name }) => ({ label: name, command: `/barrier show ${id}` })) },
    ]);
  },
});

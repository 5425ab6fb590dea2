import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { eventEntry } from '../entries.ts';
import { byDate, toEvents } from '../event.ts';
import { readFilters, recentPosted } from '../posted.ts';
import { movements, pressureWords, readMovements } from '../pressure.ts';
import { barrierOf, ESSAYS } from '../taxonomy/barriers.ts';
import { barrierName, readBarrier } from './options.ts';

const NEWEST_ITEMS = 30;
const EVENTS = 6;

export const barrierShow = defineCommand({
  root: 'barrier',
  verb: 'show',
  description: 'What a barrier is, what moves it, and what moved lately',
  options: z.object({ barrier: barrierName.meta({ suggest: 'barrier', rest: true }) }),
  access: 'anyone',
  examples: ['/barrier show deadlock', '/barrier 2.3'],
  async run(context, { barrier: words }) {
    const { store, workspace, clock } = context;
    const barrier = barrierOf(readBarrier(words));
    const { now, before } = await readMovements(store, workspace.id, clock.now());
    const filters = await readFilters(store, workspace.id);
    const items = await recentPosted(store, workspace.id, filters, { barrier: barrier.id, limit: NEWEST_ITEMS });
    const events = toEvents(items).sort(byDate).slice(0, EVENTS);
    const entries = events.map((event) =>
      eventEntry(
        event,
        event.taggings.find((each) => each.barrier === barrier.id),
      ),
    );
    const newest: Block[] =
      entries.length > 0
        ? [{ kind: 'entries', entries }]
        : [paragraph('Nothing tagged with this barrier yet.', 'quiet')];
    return reply(context, barrier.name, [
      paragraph(barrier.definition),
      {
        kind: 'fields',
        fields: [
          { name: 'Defined in', value: barrier.sections.map((section) => `[${section}]`).join(' ') },
          { name: 'Last 30 days', value: pressureWords(movements(now, barrier.id), movements(before, barrier.id)) },
          { name: 'Deepens it', value: barrier.deepens },
          { name: 'Eases it', value: barrier.eases },
          ...(barrier.figures.length > 0 ? [{ name: 'Figures', value: barrier.figures.join('; ') }] : []),
        ],
      },
      { kind: 'heading', text: 'Mechanisms' },
      {
        kind: 'fields',
        fields: barrier.mechanisms.map(({ id, description }) => ({ name: id, value: description })),
      },
      { kind: 'heading', text: 'Newest events' },
      ...newest,
      paragraph(
        Object.entries(ESSAYS)
          .filter(([letters]) => barrier.sections.some((section) => section.startsWith(letters)))
          .map(([letters, essay]) => `[${letters}] ${essay.title}: ${essay.address}`)
          .join('\n'),
        'quiet',
      ),
    ]);
  },
});

import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { readFilters } from '../posted.ts';
import { allDates } from '../upcoming.ts';
import { dateRuns } from '../upcoming-card.ts';

/** As many as every platform shows in one answer. */
const SHOWN = 25;

export const barrierDates = defineCommand({
  root: 'barrier',
  verb: 'dates',
  description: 'What is coming up: dates in law, decided, or named by items, each with its source',
  options: z.object({}),
  access: 'anyone',
  examples: ['/barrier dates'],
  async run(context) {
    const { store, workspace, clock, timeZone } = context;
    const filters = await readFilters(store, workspace.id);
    const dates = await allDates(store, workspace.id, filters, { now: clock.now(), timeZone });
    const shown = dates.slice(0, SHOWN);
    const more = dates.length - shown.length;
    return reply(context, 'Dates to come', [
      shown.length === 0
        ? paragraph('No date to come is known.')
        : { kind: 'text', runs: shown.flatMap((date, index) => dateRuns(date, timeZone, index < shown.length - 1)) },
      ...(more > 0 ? [paragraph(`… ${more} later ones: /barrier search and a year.`, 'quiet')] : []),
      paragraph(
        '“In law” stands in an adopted act, “decided” in a decision of the body itself. Check the source before you plan by it.',
        'quiet',
      ),
    ]);
  },
});

import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { goldLines } from '../corrections-as-labels.ts';
import { plural } from '../plural.ts';

export const barrierExport = defineCommand({
  root: 'barrier',
  verb: 'export',
  description: 'The corrections that hold here as a file of labelled items (JSON lines)',
  options: z.object({}),
  access: 'admin',
  examples: ['/barrier export'],
  async run(context) {
    const corrected = await context.store.correctedItems(context.workspace.id);
    if (corrected.length === 0)
      return reply(context, 'No corrections yet', [
        paragraph('None is in force here: /barrier wrong and the id of an item makes one.'),
      ]);
    return reply(context, plural(corrected.length, 'correction'), [
      paragraph(
        'The rules learn nothing from these by themselves: npm run eval -- --gold FILE measures them against it.',
      ),
      { kind: 'file', name: 'barrierwatch-corrections.jsonl', content: goldLines(corrected) },
    ]);
  },
});

import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { runOfToday } from '../retag.ts';
import type { RetagReport } from '../retag-report.ts';
import { moveFields, runWords } from '../retag-words.ts';
import { TAGGER_METHOD } from '../taxonomy/tag.ts';

export const barrierRetag = defineCommand({
  root: 'barrier',
  verb: 'retag',
  description: 'Tag stored items again by today’s rules; asked again, it shows how far that is',
  options: z.object({}),
  access: 'admin',
  examples: ['/barrier retag'],
  async run(context) {
    const run = await runOfToday(context.store);
    if (run?.finishedAt !== undefined) return status(context, `All items are tagged by ${run.method}`);
    const isNew = context.startRetagging();
    if (run === undefined) {
      return reply(context, 'Tagging again', [
        paragraph(
          `Stored items that other rules than ${TAGGER_METHOD} tagged are tagged again in the background. /barrier retag shows how far it is.`,
        ),
      ]);
    }
    return status(context, isNew ? 'Tagging goes on where it was' : 'Tagging is under way');
  },
});

async function status(context: CommandContext, title: string) {
  const { store, timeZone } = context;
  const run = await runOfToday(store);
  if (run === undefined) throw new Error('a run that was just read is gone');
  const moved = moveFields(run.report);
  return reply(context, title, [
    paragraph(runWords(run, await store.retagProgress(run.cursor), timeZone)),
    ...(moved.length > 0 ? [{ kind: 'fields', fields: moved } as const] : []),
    ...(await exampleBlocks(context, run.report)),
  ]);
}

/** Items are shared by all workspaces, their titles are not: only those of this list are shown. */
async function exampleBlocks({ store, workspace }: CommandContext, report: RetagReport): Promise<Block[]> {
  const listed = await Promise.all(report.examples.map(({ itemId }) => store.findItem(workspace.id, itemId)));
  const fields = report.examples.flatMap(({ itemId, title, before, after }, index) =>
    listed[index] ? [{ name: `${title} (${itemId})`, value: `${before} → ${after}` }] : [],
  );
  return fields.length > 0
    ? [
        { kind: 'heading', text: 'For example' },
        { kind: 'fields', fields },
      ]
    : [];
}

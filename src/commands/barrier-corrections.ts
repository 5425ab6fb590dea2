import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { correctionFields, correctionHistory, decisionButtons } from '../correction-card.ts';
import { judgementWords } from '../judgement.ts';
import type { Correction } from '../model.ts';

/** Two buttons each, which platforms take 25 of. */
const OPEN = 8;
const DECIDED = 10;
/** Undo stands beside what was decided last; of anything older it can be typed. */
const UNDOABLE = 3;

export const barrierCorrections = defineCommand({
  root: 'barrier',
  verb: 'corrections',
  description: 'Corrections of tags: what waits for an admin, and what was decided by whom',
  options: z.object({}),
  access: 'anyone',
  examples: ['/barrier corrections'],
  async run(context) {
    const { store, workspace, timeZone } = context;
    const open = await store.corrections(workspace.id, 'open', OPEN + 1);
    const decided = await store.corrections(workspace.id, 'decided', DECIDED);
    const people = [...open, ...decided].flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy ?? []].flat());
    const names = await store.namesOf(workspace.id, [...new Set(people)]);
    const waiting = open
      .slice(0, OPEN)
      .flatMap((each): Block[] => [
        { kind: 'heading', text: each.title, note: `${each.itemId} · ${correctionHistory(each, names, timeZone)}` },
        correctionFields(each),
        { kind: 'buttons', buttons: decisionButtons(each) },
      ]);
    const undo = decided.flatMap((each) => decisionButtons(each)).slice(0, UNDOABLE);
    return reply(context, 'Corrections of tags', [
      ...(waiting.length > 0 ? waiting : [paragraph('Nothing waits for an admin.')]),
      ...(open.length > OPEN ? [paragraph('More wait behind these; decide the newest first.', 'quiet')] : []),
      ...(decided.length > 0
        ? [
            { kind: 'heading', text: 'Decided' } as const,
            {
              kind: 'fields',
              fields: decided.map((each) => ({
                name: correctionHistory(each, names, timeZone),
                value: decidedWords(each),
              })),
            } as const,
          ]
        : []),
      ...(undo.length > 0 ? [{ kind: 'buttons', buttons: undo } as const] : []),
    ]);
  },
});

function decidedWords({ title, itemId, former, judged, note }: Correction): string {
  return `${title} (${itemId}): ${judgementWords(former)} → ${judgementWords(judged)}${note ? ` · ${note}` : ''}`;
}

import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { correctionFields, decisionButtons } from '../correction-card.ts';
import { wantedLabel, writeBarriers } from '../correction-label.ts';
import { itemEntry } from '../entries.ts';
import { UserError } from '../errors.ts';
import { judge, judgementWords, labelOf } from '../judgement.ts';
import type { Judgement, ReadItem } from '../model.ts';
import { tag } from '../taxonomy/tag.ts';
import { findItem } from './find-item.ts';
import { noteCorrected } from './note-change.ts';
import { readBarrier } from './options.ts';

const yesOrNo = z.enum(['yes', 'no']);
const FIELDS = ['barriers', 'primary', 'crisis', 'words', 'note'];
const LONGEST_NOTE = 1_000;
const OPEN = 200;

export const barrierWrong = defineCommand({
  root: 'barrier',
  verb: 'wrong',
  description: 'Say what is right where an item is tagged wrong; an admin confirms it',
  options: z.object({
    item: z.string().trim().min(1).describe('The id of an item, or its link').meta({ suggest: 'item' }),
    barriers: z
      .string()
      .describe('Such as: pacing-gap deepens, institutions eases. Or none (about AI, no barrier). Or off topic')
      .meta({ rest: true })
      .optional(),
    primary: z.string().describe('The barrier it is most about').meta({ suggest: 'barrier' }).optional(),
    crisis: yesOrNo.describe('Is it an incident that could force governments to act?').optional(),
    relevant: yesOrNo.describe('Is it about how AI is governed?').optional(),
    words: z.string().trim().min(1).describe('Words of the item that prove it, copied as they stand').optional(),
    note: z.string().trim().max(LONGEST_NOTE).describe('Why, for the admin who decides').optional(),
  }),
  access: 'anyone',
  changes: true,
  examples: [
    '/barrier wrong k3f9q2abcd barriers:"pacing-gap deepens, institutions eases" words:"postponed to 2027"',
    '/barrier wrong k3f9q2abcd off topic',
  ],
  form: {
    title: 'What is right?',
    // Discord takes five fields: what is off topic is said under barriers.
    fields: FIELDS,
    async prefill({ store, workspace }, { item }) {
      const found = typeof item === 'string' ? await store.findItem(workspace.id, item) : undefined;
      if (found === undefined) return {};
      const { primary, crisis, ...rest } = labelOf(holding(found));
      return {
        item: found.item.id,
        barriers: writeBarriers({ ...rest, ...(primary ? { primary } : {}), crisis }),
        ...(primary ? { primary } : {}),
        crisis: crisis ? 'yes' : 'no',
      };
    },
  },
  async run(context, { item: reference, barriers, primary, crisis, relevant, words, note }) {
    const { store, workspace, user, clock } = context;
    const found = await findItem(context, reference);
    const former = holding(found);
    const wish = {
      ...(barriers ? { barriers } : {}),
      ...(primary ? { primary } : {}),
      ...(crisis ? { crisis: crisis === 'yes' } : {}),
      ...(relevant ? { relevant: relevant === 'yes' } : {}),
    };
    const label = wantedLabel(labelOf(former), wish, readBarrier);
    const known = { former: former.taggings, rules: found.corrected?.rules?.taggings ?? [] };
    const judged = judge(found.item, known, label, { userId: user.id, ...(words ? { words } : {}) });
    const after = judgementWords(judged);
    if (after === judgementWords(former) && words === undefined) throw unchanged(found, former);
    await refuseRepeated(context, found, judged);
    const draft = { itemId: found.item.id, former, judged, proposedBy: user.id };
    const remarks = { ...(words ? { words } : {}), ...(note ? { note } : {}) };
    const proposed = await store.proposeCorrection(workspace.id, { ...draft, ...remarks }, clock.now());
    const confirmed = (await user.isAdmin())
      ? await store.decideCorrection(workspace.id, proposed.number, 'confirm', user.id, clock.now())
      : undefined;
    const correction = confirmed ?? proposed;
    await noteCorrected(context, correction);
    const shown = (await store.findItem(workspace.id, found.item.id)) ?? found;
    return reply(
      context,
      `${confirmed ? 'Corrected' : 'Proposed'}: ${found.item.title}`,
      [
        { kind: 'entries', entries: [itemEntry(shown)] },
        correctionFields(correction),
        paragraph(
          confirmed
            ? `Correction #${correction.number} holds in this workspace from now on.`
            : `This is proposal #${correction.number}: nothing changes until an admin confirms it. /barrier corrections shows what waits.`,
        ),
        { kind: 'buttons', buttons: decisionButtons(correction) },
      ],
      { tone: 'good', public: confirmed !== undefined },
    );
  },
});

/** What holds of an item now; what the rules would say of one that waits to be tagged. */
function holding({ item, tagged }: ReadItem): Judgement {
  const { relevant, taggings, primary, crisis, method } = tagged ?? tag(item);
  return { relevant, taggings, ...(primary ? { primary } : {}), crisis, method };
}

function unchanged({ item }: ReadItem, former: Judgement): UserError {
  return new UserError(
    `That is how it is tagged: ${judgementWords(former)}. Say what is right instead, as in /barrier wrong ${item.id} barriers:"pacing-gap deepens, institutions eases", or barriers:none, or off topic.`,
  );
}

/** The same proposal twice would ask an admin twice. */
async function refuseRepeated(
  { store, workspace }: CommandContext,
  { item }: ReadItem,
  judged: Judgement,
): Promise<void> {
  const quotes = ({ taggings }: Judgement) => JSON.stringify(taggings.map(({ evidence }) => evidence));
  const open = await store.corrections(workspace.id, 'open', OPEN);
  const same = open.find(
    (each) =>
      each.itemId === item.id &&
      judgementWords(each.judged) === judgementWords(judged) &&
      quotes(each.judged) === quotes(judged),
  );
  if (same)
    throw new UserError(
      `That is proposed already, as #${same.number}. An admin decides with /barrier confirm ${same.number}.`,
    );
}

import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { correctionFields, decisionButtons } from '../correction-card.ts';
import { itemEntry } from '../entries.ts';
import { UserError } from '../errors.ts';
import type { Correction } from '../model.ts';
import type { Decision } from '../ports.ts';
import { noteCorrected } from './note-change.ts';

const options = z.object({
  number: z.string().describe('The number of the correction, as /barrier corrections shows it'),
});

export const barrierConfirm = defineCommand({
  root: 'barrier',
  verb: 'confirm',
  description: 'Let a proposed correction hold in this workspace',
  options,
  access: 'admin',
  examples: ['/barrier confirm 3'],
  run: (context, { number }) => decide(context, number, 'confirm'),
});

export const barrierRefuse = defineCommand({
  root: 'barrier',
  verb: 'refuse',
  description: 'Refuse a proposed correction; the tags stay as they are',
  options,
  access: 'admin',
  examples: ['/barrier refuse 3'],
  run: (context, { number }) => decide(context, number, 'refuse'),
});

export const barrierUndo = defineCommand({
  root: 'barrier',
  verb: 'undo',
  description: 'Take a correction, or its refusal, back: what held before holds again',
  options,
  access: 'admin',
  examples: ['/barrier undo 3'],
  run: (context, { number }) => decide(context, number, 'undo'),
});

async function decide(context: CommandContext, words: string, decision: Decision) {
  const { store, workspace, user, clock } = context;
  const known = await readCorrection(context, words);
  const decided = await store.decideCorrection(workspace.id, known.number, decision, user.id, clock.now());
  if (decided === undefined) throw impossible(known, decision);
  await noteCorrected(context, decided);
  const read = await store.findItem(workspace.id, decided.itemId);
  return reply(
    context,
    `${TITLES[decided.state]}: ${decided.title}`,
    [
      ...(read ? [{ kind: 'entries', entries: [itemEntry(read)] } as const] : []),
      correctionFields(decided),
      paragraph(outcome(decided, known)),
      { kind: 'buttons', buttons: decisionButtons(decided) },
    ],
    // A refusal, or the way back from one, changes nothing that the channel sees.
    { tone: 'good', public: decided.state === 'confirmed' || decided.state === 'undone' },
  );
}

const TITLES: Readonly<Record<Correction['state'], string>> = {
  proposed: 'Open again',
  confirmed: 'Corrected',
  replaced: 'Replaced',
  refused: 'Refused',
  undone: 'Undone',
};

function outcome({ number, state, replaces }: Correction, before: Correction): string {
  if (state === 'confirmed') return `Correction #${number} holds in this workspace from now on.`;
  if (state === 'undone') {
    return replaces === undefined
      ? 'The rules’ own tags hold again.'
      : `Correction #${replaces} holds again, as it did before.`;
  }
  return state === 'refused'
    ? 'The tags stay as they are.'
    : `Its refusal is taken back; #${before.number} waits again.`;
}

async function readCorrection({ store, workspace }: CommandContext, words: string): Promise<Correction> {
  const number = /^#?(\d{1,15})$/.exec(words.trim())?.[1];
  const found = number === undefined ? undefined : await store.findCorrection(workspace.id, Number(number));
  if (found) return found;
  throw new UserError(`There is no correction “${words}” here. /barrier corrections shows their numbers.`);
}

function impossible({ number, state }: Correction, decision: Decision): UserError {
  const said = {
    proposed: 'waits for an admin',
    confirmed: 'is confirmed already',
    replaced: 'was replaced by a later one',
  };
  const words = { ...said, refused: 'was refused', undone: 'was taken back' }[state];
  const next: Readonly<Record<Correction['state'], string>> = {
    proposed: `/barrier confirm ${number} or /barrier refuse ${number} decides it.`,
    confirmed: `/barrier undo ${number} takes it back.`,
    replaced: 'Take back the later one first; /barrier corrections shows it.',
    refused: `/barrier undo ${number} opens it again.`,
    undone: 'Propose it again with /barrier wrong.',
  };
  return new UserError(`Correction #${number} ${words}, so there is nothing to ${decision}. ${next[state]}`);
}

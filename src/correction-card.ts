/** Corrections as blocks of cards: what held, what is right, who said so. */
import { type Block, type Button, paragraph } from './card.ts';
import { barrierMark } from './entries.ts';
import { judgementWords } from './judgement.ts';
import type { Correction, TaggedItem } from './model.ts';
import { nameOf } from './person.ts';
import { showTime } from './time.ts';

/** Before and after, with proof and note. */
export function correctionFields({ former, judged, note }: Correction): Block {
  const quotes = [...new Set(judged.taggings.flatMap(({ evidence }) => evidence.map(({ quote }) => `“${quote}”`)))];
  return {
    kind: 'fields',
    fields: [
      { name: 'Before', value: judgementWords(former) },
      { name: 'After', value: judgementWords(judged) },
      ...(quotes.length > 0 ? [{ name: 'Proof', value: quotes.join(' ') }] : []),
      ...(note ? [{ name: 'Note', value: note }] : []),
    ],
  };
}

/** What can be done with a correction in its state; each checks that who presses is an admin. */
export function decisionButtons({ number, state }: Pick<Correction, 'number' | 'state'>): Button[] {
  if (state === 'proposed') {
    return [
      { label: `Confirm #${number}`, command: `/barrier confirm ${number}` },
      { label: `Refuse #${number}`, command: `/barrier refuse ${number}` },
    ];
  }
  const canUndo = state === 'confirmed' || state === 'refused';
  return canUndo ? [{ label: `Undo #${number}`, command: `/barrier undo ${number}` }] : [];
}

/** `#3 proposed by Ana, Wed 25 Nov 2026 10:00 · confirmed by Ben, Wed 25 Nov 2026 10:05` */
export function correctionHistory(
  { number, state, proposedBy, proposedAt, decidedBy, decidedAt }: Correction,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): string {
  const proposed = `#${number} proposed by ${nameOf(proposedBy, names)}, ${showTime(proposedAt, timeZone)}`;
  if (decidedBy === undefined || decidedAt === undefined) return proposed;
  const what = state === 'replaced' ? 'confirmed, and replaced since,' : state;
  return `${proposed} · ${what} by ${nameOf(decidedBy, names)}, ${showTime(decidedAt, timeZone)}`;
}

/** Who corrected an item's tags, and what the rules had said of it. */
export function correctedBlocks(
  correction: Correction,
  rules: TaggedItem | undefined,
  names: ReadonlyMap<string, string>,
  timeZone: string,
): Block[] {
  const { note } = correction;
  const quotes = rules?.taggings.map(
    (each) => `${barrierMark(each)}: ${each.evidence.map(({ quote }) => `“${quote}”`).join(' ')}`,
  );
  const said =
    rules === undefined ? 'They have not read its newest text yet.' : `${judgementWords(rules)} (${rules.method})`;
  return [
    { kind: 'heading', text: 'Corrected' },
    paragraph([correctionHistory(correction, names, timeZone), ...(note ? [`Note: ${note}`] : [])].join('\n')),
    { kind: 'heading', text: 'What the rules had said' },
    paragraph([said, ...(quotes ?? [])].join('\n'), 'quiet'),
  ];
}

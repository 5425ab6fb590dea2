/** What `/barrier why` says of the second reader: what the rules said, what it said, and what became of both. */
import { type Block, paragraph } from './card.ts';
import type { CommandContext } from './command.ts';
import { barrierMark } from './entries.ts';
import type { ReadItem, TaggedItem } from './model.ts';
import { wantsSecondLook } from './second-opinion.ts';
import type { SecondLook, Verdict } from './second-reader.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { showTime } from './time.ts';

const STANDS = 'What the built-in rules said stands.';

/** Empty where no look was taken and none will be. */
export async function secondLookBlocks(context: CommandContext, { item, tagged }: ReadItem): Promise<Block[]> {
  const { store, secondReader, timeZone } = context;
  if (tagged === undefined) return [];
  const look = await store.findSecondLook(item.id);
  if (look !== undefined) return withHeading(linesOf(look, timeZone), look.state === 'read' ? look.model : undefined);
  if (secondReader === undefined || !wantsSecondLook(tagged)) return [];
  const { lastError } = await store.secondReaderState();
  const why = lastError ? `, which cannot be asked just now: ${lastError}` : '';
  return withHeading([`It has not been read by the second reader${why}. ${STANDS}`]);
}

function withHeading(lines: readonly string[], model?: string): Block[] {
  if (lines.length === 0) return [];
  return [{ kind: 'heading', text: 'Second reader', ...(model ? { note: model } : {}) }, paragraph(lines.join('\n'))];
}

function linesOf(look: SecondLook, timeZone: string): string[] {
  switch (look.state) {
    case 'unneeded':
      return [];
    case 'waiting':
      return [`Not read yet: ${look.reason}. Next try ${showTime(look.nextTryAt, timeZone)}. ${STANDS}`];
    case 'failed':
      return [`Not read: ${look.reason}; tried ${look.tries} times. ${STANDS}`];
    case 'read':
      return [
        `The built-in rules said: ${rulesWords(look.builtIn)}.`,
        `It said: ${readerWords(look)}.`,
        ...endOf(look),
      ];
  }
}

function rulesWords({ relevant, taggings, crisis }: TaggedItem): string {
  if (!relevant) return 'off topic';
  return saidWords(taggings.map(barrierMark), crisis);
}

function readerWords({ said, verdicts }: Extract<SecondLook, { state: 'read' }>): string {
  if (!said.relevant) return 'off topic';
  const marks = verdicts.flatMap(({ barrier, to }) => (to ? [barrierMark({ barrier, direction: to })] : []));
  return saidWords(marks, said.crisis);
}

function saidWords(marks: readonly string[], crisis: boolean): string {
  return `about AI governance; ${marks.length > 0 ? marks.join(', ') : 'no barrier'}${crisis ? '; a crisis signal' : ''}`;
}

/** One line a barrier, and what was not taken. */
function endOf({ said, builtIn, tagged, verdicts }: Extract<SecondLook, { state: 'read' }>): string[] {
  const relevant = (tagged ?? builtIn).relevant;
  const crisis = (tagged ?? builtIn).crisis;
  return [
    ...verdicts.map((verdict) => verdictWords(verdict, builtIn)),
    ...(said.relevant && !relevant ? ['Not taken: that it is about AI governance, since no quote proves it.'] : []),
    ...(said.crisis && relevant && !crisis ? ['Not taken: the crisis flag, since nothing is quoted for it.'] : []),
    ...(tagged ? [] : ['Nothing was changed.']),
  ];
}

function verdictWords({ barrier, kind, from, to }: Verdict, builtIn: TaggedItem): string {
  const { name } = barrierOf(barrier);
  switch (kind) {
    case 'confirmed':
      return `Confirmed: ${name}.`;
    case 'added':
      return `Added: ${name}.`;
    case 'turned':
      return `Turned: ${name}, from ${from} to ${to}.`;
    case 'unproven':
      return `Not taken: ${name}, since none of its quotes is proof in the item.${from ? ` ${STANDS}` : ''}`;
    case 'dropped': {
      const own = builtIn.taggings.find((tagging) => tagging.barrier === barrier);
      const quotes = own?.evidence.map(({ quote }) => `“${quote}”`).join(', ') ?? '';
      return `Dropped: ${name}, for which the rules had quoted ${quotes}.`;
    }
  }
}

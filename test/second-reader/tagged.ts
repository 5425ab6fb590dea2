/** What the built-in rules might have said of an item, made by hand so that tests do not hang on their weights. */
import type { BarrierId, Direction, Evidence, TaggedItem, Tagging } from '../../src/model.ts';
import type { ReadableText } from '../../src/second-reader.ts';
import type { Written } from './server.ts';

/** The first place of the words in the item. */
function evidenceOf(text: ReadableText, quote: string): Evidence {
  const field = text.title.includes(quote) ? 'title' : 'summary';
  const start = text[field].indexOf(quote);
  if (start < 0) throw new Error(`“${quote}” is not in the item`);
  return { field, start, end: start + quote.length, quote };
}

/** A tagging by the rules on the evidence of the words. */
export function ruled(text: ReadableText, barrier: BarrierId, direction: Direction, quote: string): Tagging {
  const evidence = evidenceOf(text, quote);
  const reasons = [{ rule: 'a frame of the rules', weight: 1.2, evidence }];
  return { barrier, direction, confidence: 0.65, evidence: [evidence], section: 'AO', method: 'rules@1', reasons };
}

/** Relevant, with these taggings; the first is what it is most about. */
export function relevant(taggings: readonly Tagging[] = [], crisis = false): TaggedItem {
  const [first] = taggings;
  return {
    relevant: true,
    relevance: [],
    taggings,
    ...(first ? { primary: first.barrier } : {}),
    crisis,
    method: 'rules@1',
  };
}

/** Off topic, with so much that spoke for it. */
export function offTopic(text: ReadableText): TaggedItem {
  const evidence = { field: 'title', start: 0, end: text.title.length, quote: text.title } as const;
  const relevance = [{ rule: 'words of AI', weight: 0.4, evidence }];
  return { relevant: false, relevance, taggings: [], crisis: false, method: 'rules@1' };
}

/** What the rules say of an item that is off topic, though not surely. */
export function nearlyRelevant(text: ReadableText): TaggedItem {
  return { ...offTopic(text), nearlyRelevant: true };
}

/** An item in whose words a model may find two barriers. */
export const TEXT = { title: 'Council postpones the AI rules', summary: 'The new office gets no staff at all.' };
/** What the rules say of it: one of them. */
export const tagged = (text: ReadableText = TEXT) =>
  relevant([ruled(text, 'pacing-gap', 'deepens', 'postpones the AI rules')]);
/** What a model writes that finds both. */
export const ADDS: Written = {
  barriers: {
    'pacing-gap': { direction: 'deepens', quotes: ['postpones the AI rules'] },
    'weakened-institutions': { direction: 'deepens', quotes: ['gets no staff at all'] },
  },
  primary: 'pacing-gap',
};
/** Items that differ, each with the quotes of `ADDS`. */
export const text = (name: string) => ({ ...TEXT, title: `${TEXT.title}: ${name}` });

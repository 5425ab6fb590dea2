/** Examples read against the knowledge, as the learner sees them. */
import { FeatureFinder } from '../features.ts';
import type { Knowledge } from '../knowledge.ts';
import { readItem } from '../reading.ts';
import { ruleSums } from '../rules.ts';
import type { Example } from './examples.ts';
import type { Row } from './learn.ts';

/** Reads every example. */
export function rowsOf(examples: readonly Example[], knowledge: Knowledge): Row[] {
  const finder = new FeatureFinder(knowledge);
  return examples.map((example) => {
    const reading = readItem(example, knowledge);
    const names = new Set<string>();
    finder.find(reading, (...feature) => names.add(finder.nameOf(reading, ...feature)));
    return { example, sums: ruleSums(reading.findings), features: [...names] };
  });
}

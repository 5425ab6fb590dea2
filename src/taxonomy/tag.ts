/** The tagger that ships: the knowledge and the weights in the files of this folder. */
import { readFileSync } from 'node:fs';
import { loadKnowledge } from './knowledge.ts';
import { compileWeights } from './learned/weights.ts';
import { createTagger } from './tagger.ts';

export { TAGGER_METHOD } from './tagger.ts';

export const KNOWLEDGE = loadKnowledge();

export const WEIGHTS = compileWeights(
  JSON.parse(readFileSync(new URL('./learned/weights.json', import.meta.url), 'utf8')),
);

export const tag = createTagger(KNOWLEDGE, WEIGHTS);

/** Why an item counts as off topic: what spoke against it, and what was missing. Pure. */
import type { Reason, TaggedItem } from '../model.ts';

const REASONS_NAMED = 3;

/** One sentence of the strongest reasons. */
export function offTopicSentence({
  relevance,
  nearlyRelevant,
}: Pick<TaggedItem, 'relevance' | 'nearlyRelevant'>): string {
  const byStrength = [...relevance].sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  const against = byStrength.filter(({ weight }) => weight < 0).slice(0, REASONS_NAMED);
  const speaking = byStrength.filter(({ weight }) => weight > 0).slice(0, REASONS_NAMED);
  const missing =
    speaking.length === 0
      ? 'nothing in its words is about how AI is governed'
      : `only ${reasonList(speaking)} ${speaking.length === 1 ? 'speaks' : 'speak'} for it, which is not enough`;
  const spoken =
    against.length === 0 ? [] : [`${reasonList(against)} ${against.length === 1 ? 'speaks' : 'speak'} against it`];
  return `${nearlyRelevant ? 'Off topic, though not surely' : 'Off topic'}: ${[missing, ...spoken].join(', and ')}.`;
}

function reasonList(reasons: readonly Reason[]): string {
  return reasons.map(({ evidence, rule }) => `“${evidence.quote}” (${rule})`).join(', ');
}

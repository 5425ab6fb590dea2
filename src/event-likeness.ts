/** How alike two items are as reports of one happening, by words, document numbers, stage and date; and what makes them so. */
import { type Stage, stageAgreement, stagesOf } from './act-stage.ts';
import { documentNumbers } from './document-numbers.ts';
import { contentWords } from './event-words.ts';
import type { GroupingItem } from './ports.ts';
import { isRoundUp } from './round-up.ts';
import { DAY } from './time.ts';

/** Items further apart than this are different happenings, however alike they read. */
export const GROUPING_DAYS = 14;

/** From this likeness on two items tell of one event; chosen on labelled events, see docs/decisions/0005. */
export const SAME_EVENT = 0.19;

/** Only this much of a summary is compared: what an item is about stands at its start. */
const SUMMARY_LENGTH = 400;

/** The rarest words are not told apart: what one of fifty items names is as telling as what one of a thousand does. */
const GREATEST_RARITY = 4;

/** A day between two items makes them so much less likely to be one event. */
const LOST_A_DAY = 0.03;

/** Dates known to a year or not at all say little, so words must say more. */
const COARSE_DATE = 40 * DAY;

/** What one item is compared by. */
export interface Sketch {
  readonly id: string;
  readonly url: string | undefined;
  readonly title: string;
  /** The part of the summary that is compared. */
  readonly start: string;
  /** Milliseconds since 1970, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Key → weight: title words 2, others 1. */
  readonly words: ReadonlyMap<string, number>;
}

/** How rare a word is among the items around; greater is rarer. */
export type Rarity = (word: string) => number;

/** The usual measure of rarity, for `holders` of `total` items that hold a word. */
export function rarityOf(holders: number, total: number): number {
  return Math.min(GREATEST_RARITY, Math.log(1 + (total + 50) / (holders + 1)));
}

export function sketchOf({ id, title, summary, url, occurredAt }: GroupingItem): Sketch {
  const words = new Map<string, number>();
  const start = summary.slice(0, SUMMARY_LENGTH);
  for (const { key } of contentWords(start)) words.set(key, 1);
  for (const { key } of contentWords(title)) words.set(key, 2);
  return { id, url, title, start, ...spanOf(occurredAt), words };
}

/** A bare month, year or nothing stands for all of its days. */
function spanOf(text: string): Pick<Sketch, 'from' | 'to'> {
  if (text.length > 10) return { from: Date.parse(text), to: Date.parse(text) };
  const [year, month, day] = text.split('-').map(Number);
  if (year === undefined || text === '') return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  if (day !== undefined) return { from, to: from + DAY - 1 };
  return { from, to: (month === undefined ? Date.UTC(year + 1, 0) : Date.UTC(year, month)) - 1 };
}

/** The time between the nearest moments of two dates, in days. */
function daysApart(one: Sketch, other: Sketch): number {
  return Math.max(0, Math.max(one.from, other.from) - Math.min(one.to, other.to)) / DAY;
}

/** False for items that lie too far apart to be one event. */
export function areNear(one: Sketch, other: Sketch): boolean {
  return daysApart(one, other) <= GROUPING_DAYS;
}

/** A sketch ready to be compared: its words count as much as they are rare among the items around. */
export interface Weighed {
  readonly sketch: Sketch;
  readonly stages: ReadonlySet<Stage>;
  readonly isRoundUp: boolean;
  readonly titleNumbers: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, number>;
  /** The length of `values` as a direction in the space of words; 1 where there are none. */
  readonly length: number;
}

export function weigh(sketch: Sketch, rarity: Rarity): Weighed {
  const values = new Map<string, number>();
  let squares = 0;
  for (const [word, weight] of sketch.words) {
    const value = weight * rarity(word);
    values.set(word, value);
    squares += value ** 2;
  }
  const { title, start } = sketch;
  const titleNumbers = documentNumbers(title);
  const numbers = new Set([...titleNumbers, ...documentNumbers(start)]);
  return {
    sketch,
    stages: stagesOf(title),
    isRoundUp: isRoundUp(title),
    titleNumbers,
    numbers,
    values,
    length: Math.sqrt(squares) || 1,
  };
}

/** The cosine of the words, less where dates, stages or document numbers disagree, or one tells of many things; the same link is 1. From 0 to 1. */
export function likeness(first: Weighed, second: Weighed): number {
  const [one, other] = [first.sketch, second.sketch];
  if (!areNear(one, other)) return 0;
  if (one.url !== undefined && one.url === other.url) return 1;
  let product = 0;
  for (const [word, value] of first.values) product += value * (second.values.get(word) ?? 0);
  const words = product / (first.length * second.length);
  const isCoarse = Math.max(one.to - one.from, other.to - other.from) > COARSE_DATE;
  const time = Math.exp(-LOST_A_DAY * daysApart(one, other)) * (isCoarse ? 0.6 : 1);
  const single = first.isRoundUp || second.isRoundUp ? 0.5 : 1;
  const agreed = words * time * single * stageAgreement(first.stages, second.stages);
  if (sharedNumbers(first, second).length > 0) return Math.min(1, agreed + 0.05);
  // SB 53 and SB 1047 are two bills, however alike they are told.
  return first.titleNumbers.size > 0 && second.titleNumbers.size > 0 ? agreed / 2 : agreed;
}

/** Document numbers that both name. */
export function sharedNumbers(one: Weighed, other: Weighed): string[] {
  return [...one.numbers].filter((number) => other.numbers.has(number));
}

/** The words that make two items alike, as the first writes them, the strongest first. */
export function sharedWords(one: Weighed, other: Weighed): string[] {
  const counts = [...one.values].flatMap(([word, value]) => {
    const there = other.values.get(word);
    return there === undefined ? [] : { word, counts: value * there };
  });
  counts.sort((a, b) => b.counts - a.counts || (a.word < b.word ? -1 : 1));
  // A name may be two words of the comparison and is one to the reader.
  const { title, start } = one.sketch;
  const written = new Map([...contentWords(start), ...contentWords(title)].map(({ key, text }) => [key, text]));
  return [...new Set(counts.map(({ word }) => written.get(word) ?? word))];
}

/** The knowledge files (knowledge/*.yaml) read, checked and compiled: word classes, and frames that speak for or against a judgement. */
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { BARRIER_IDS, type BarrierId, DIRECTIONS, type Direction } from '../model.ts';
import { barrierOf } from './barriers.ts';
import { hashOf } from './feature-key.ts';
import { type Pattern, parsePattern, type Terms } from './pattern.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a frame speaks about: a barrier, whether the item is about AI governance at all, or the crisis flag. */
type Subject = BarrierId | 'relevance' | 'crisis';

/** One thing a text can say, in any of its patterns. */
export interface Frame {
  readonly subject: Subject;
  /** Subject and words, which no other frame shares, and their number (feature-key.ts). */
  readonly name: string;
  readonly key: number;
  /** In words, for people who ask why. */
  readonly says: string;
  /** Positive speaks for the subject, negative against. */
  readonly weight: number;
  /** Absent for relevance, crisis, and frames that speak against a barrier. */
  readonly direction?: Direction;
  readonly mechanism?: string;
  /** True when the frame counts in titles only. */
  readonly titleOnly: boolean;
  /** What a "not" in or just before the words does: nothing counts, it counts all the same, or the direction turns. */
  readonly negated: 'drop' | 'keep' | 'turn';
}

/** A pattern of a frame, ready to be looked for. */
export interface CompiledPattern extends Pattern {
  readonly frame: Frame;
  /** The frame's place among all frames. */
  readonly frameIndex: number;
  /** Says "not" itself, so a negation is part of its meaning. */
  readonly negative: boolean;
  /** The pattern counts for nothing where one of these holds anywhere in the item. */
  readonly unless: readonly Pattern[];
}

/** All that the tagger knows. */
export interface Knowledge {
  readonly vocabulary: Vocabulary;
  /** By the number of their rarest term: patterns to try once that term is seen. */
  readonly patterns: readonly (readonly CompiledPattern[])[];
  /** The number of the class of words that negate. */
  readonly negation: number;
  /** The names of the classes; a class's number is its place here, and they come before all other terms. */
  readonly classes: readonly string[];
  /** The numbers of the classes that only name someone. */
  readonly actors: readonly number[];
}

const CLASS_NAME = /^[a-z][a-z0-9-]*$/;
const phraseList = z.array(z.string().min(1)).min(1);
const classesFile = z.strictObject({
  kind: z.enum(['actors', 'words']),
  classes: z.record(z.string().regex(CLASS_NAME), phraseList),
});
const framesFile = z.strictObject({
  subject: z.enum([...BARRIER_IDS, 'relevance', 'crisis']),
  frames: z
    .array(
      z.strictObject({
        says: z.string().min(1),
        weight: z.number(),
        direction: z.enum(DIRECTIONS).optional(),
        mechanism: z.string().optional(),
        titleOnly: z.boolean().default(false),
        negated: z.enum(['drop', 'keep', 'turn']).default('drop'),
        patterns: phraseList,
        unless: phraseList.optional(),
      }),
    )
    .min(1),
});
type ClassesFile = z.infer<typeof classesFile>;
type FramesFile = z.infer<typeof framesFile>;

/** Named texts of knowledge files, compiled; throws an Error that names the file and the place of a fault. */
export function compileKnowledge(files: ReadonlyMap<string, string>): Knowledge {
  const classes = new Map<string, ClassesFile>();
  const frames = new Map<string, FramesFile>();
  for (const [name, text] of files) {
    const data: unknown = inFile(name, () => parse(text));
    if (data !== null && typeof data === 'object' && 'classes' in data)
      classes.set(
        name,
        inFile(name, () => check(classesFile, data)),
      );
    else
      frames.set(
        name,
        inFile(name, () => check(framesFile, data)),
      );
  }
  const terms = new TermTable();
  for (const [name, file] of classes)
    for (const [className, phrases] of Object.entries(file.classes))
      inFile(`${name}, class ${className}`, () => terms.declare(className, phrases, file.kind === 'actors'));
  const negation = terms.classOf('negation');
  if (negation === undefined) throw new Error('no file declares the class <negation>');
  terms.expandAll();

  const compiled: CompiledPattern[] = [];
  let frameIndex = 0;
  for (const [name, file] of frames)
    for (const entry of file.frames) {
      inFile(`${name}, "${entry.says}"`, () =>
        compiled.push(...compileFrame(entry, file.subject, frameIndex, terms, negation)),
      );
      frameIndex += 1;
    }
  return {
    vocabulary: terms.vocabulary,
    patterns: byRarestTerm(compiled, terms),
    negation,
    classes: terms.classes,
    actors: [...terms.classes.keys()].filter((term) => terms.names(term)),
  };
}

/** The knowledge in the files beside this one. */
export function loadKnowledge(): Knowledge {
  const folder = new URL('./knowledge/', import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return compileKnowledge(new Map(names.sort().map((name) => [name, readFileSync(new URL(name, folder), 'utf8')])));
}

function compileFrame(
  entry: FramesFile['frames'][number],
  subject: Subject,
  frameIndex: number,
  terms: TermTable,
  negation: number,
): CompiledPattern[] {
  const { patterns, unless, direction, mechanism, ...rest } = entry;
  const barrier = subject === 'relevance' || subject === 'crisis' ? undefined : barrierOf(subject);
  if (barrier !== undefined && entry.weight > 0 && direction === undefined) throw new Error('a direction is missing');
  if (mechanism !== undefined && !barrier?.mechanisms.some(({ id }) => id === mechanism))
    throw new Error(`unknown mechanism "${mechanism}"`);
  const name = `${subject}: ${entry.says}`;
  const frame: Frame = {
    ...rest,
    subject,
    name,
    key: hashOf(name),
    ...(direction === undefined ? {} : { direction }),
    ...(mechanism === undefined ? {} : { mechanism }),
  };
  const exceptions = (unless ?? []).map((text) => parsePattern(text, terms));
  return patterns.map((text) => {
    const pattern = parsePattern(text, terms);
    if (barrier !== undefined && pattern.needed.every((term) => terms.names(term)))
      throw new Error(`"${text}": only names someone, which proves nothing`);
    const negative = pattern.needed.some((term) => terms.negates(term, negation));
    return { ...pattern, frame, frameIndex, negative, unless: exceptions };
  });
}

function byRarestTerm(compiled: readonly CompiledPattern[], terms: TermTable): CompiledPattern[][] {
  const uses = new Map<number, number>();
  for (const pattern of compiled) for (const term of pattern.needed) uses.set(term, (uses.get(term) ?? 0) + 1);
  const commonness = (term: number): number => (uses.get(term) ?? 0) * terms.size(term);
  const grouped = Array.from({ length: terms.count }, (): CompiledPattern[] => []);
  for (const pattern of compiled) {
    const rarest = pattern.needed.reduce((best, term) => (commonness(term) < commonness(best) ? term : best));
    grouped[rarest]?.push(pattern);
  }
  return grouped;
}

/** Numbers the classes and the literal words of patterns. */
class TermTable implements Terms {
  readonly vocabulary = new Vocabulary();
  readonly #actors = new Set<number>();
  readonly #declared = new Map<string, { readonly term: number; readonly entries: readonly string[] }>();
  readonly #literals = new Map<string, number>();
  readonly #phrases: string[][] = [];

  get count(): number {
    return this.#phrases.length;
  }

  get classes(): readonly string[] {
    return [...this.#declared.keys()];
  }

  declare(name: string, entries: readonly string[], actor: boolean): void {
    if (this.#declared.has(name)) throw new Error('declared twice');
    const term = this.#phrases.push([]) - 1;
    this.#declared.set(name, { term, entries });
    if (actor) this.#actors.add(term);
  }

  /** Resolves classes that include other classes; to be called once all are declared. */
  expandAll(): void {
    for (const [name, { term }] of this.#declared) this.#fill(term, this.#expand(name, []));
  }

  classOf(name: string): number | undefined {
    return this.#declared.get(name)?.term;
  }

  names(term: number): boolean {
    return this.#actors.has(term);
  }

  wordsOf(phrases: readonly string[]): number {
    const key = phrases.join('|');
    const present = this.#literals.get(key);
    if (present !== undefined) return present;
    const term = this.#phrases.push([]) - 1;
    this.#literals.set(key, term);
    const expanded = phrases.flatMap((phrase) =>
      phrase.startsWith('<') ? this.#expand(phrase.slice(1, -1), []) : [phrase],
    );
    this.#fill(term, expanded);
    return term;
  }

  size(term: number): number {
    return this.#phrases[term]?.length ?? 0;
  }

  /** True when the term itself says "not", however it is worded. */
  negates(term: number, negation: number): boolean {
    const negative = this.#phrases[negation] ?? [];
    const phrases = this.#phrases[term] ?? [];
    return phrases.length > 0 && phrases.every((phrase) => phrase.split(' ').some((word) => negative.includes(word)));
  }

  #fill(term: number, phrases: readonly string[]): void {
    for (const phrase of phrases) if (!this.vocabulary.add(phrase, term)) throw new Error(`"${phrase}" holds no word`);
    this.#phrases[term] = [...phrases];
  }

  #expand(name: string, path: readonly string[]): string[] {
    const declared = this.#declared.get(name);
    if (declared === undefined) throw new Error(`unknown class <${name}>`);
    if (path.includes(name)) throw new Error(`class ${name} includes itself`);
    return declared.entries.flatMap((entry) =>
      entry.startsWith('<') ? this.#expand(entry.slice(1, -1), [...path, name]) : [entry],
    );
  }
}

function check<T>(schema: z.ZodType<T>, data: unknown): T {
  const read = schema.safeParse(data);
  if (!read.success) throw new Error(z.prettifyError(read.error));
  return read.data;
}

function inFile<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (fault) {
    throw new Error(`knowledge/${place}: ${fault instanceof Error ? fault.message : String(fault)}`, { cause: fault });
  }
}

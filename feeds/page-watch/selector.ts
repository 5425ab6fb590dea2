/**
 * The part of CSS selectors (w3.org/TR/selectors-4) that naming the entries of a page takes: types, `*`, `#id`, `.class`,
 * `[attribute]` with `=`, `~=`, `^=`, `$=` and `*=`, `:first-child`, `:last-child`, `:not(…)` and `:has(…)`, joined by blanks,
 * `>`, `+`, `~` and commas.
 */
import { UserError } from '../../src/errors.ts';
import { type Element, elementsOf } from './tree.ts';

type Test = (element: Element) => boolean;
type Combinator = ' ' | '>' | '+' | '~';

/** A compound with what stands before it, to be matched from right to left. */
interface Step {
  readonly test: Test;
  /** Absent for the leftmost compound. */
  readonly before?: { readonly combinator: Combinator; readonly step: Step };
}

/** A selector that was read: an element fits when one of the alternatives does. */
export type Selector = readonly Step[];

const LONGEST = 500;
/** Each `:has` looks through all that is below an element, so that nesting them would multiply the work. */
const DEEPEST = 2;

/** Throws UserError for what is not of the part of CSS that is understood here. */
export function readSelector(text: string): Selector {
  if (text.length > LONGEST) throw new UserError(`a selector may have ${LONGEST} characters at most`);
  const reader = new Reader(text);
  const selector = reader.list(0);
  if (!reader.ended) throw reader.fault();
  return selector;
}

/** All elements below one that fit, in the order of the page. */
export function selectAll(root: Element, selector: Selector): Element[] {
  const found: Element[] = [];
  for (const element of elementsOf(root)) if (fits(element, selector)) found.push(element);
  return found;
}

/** The first element below one that fits; undefined where none does. */
export function selectFirst(root: Element, selector: Selector): Element | undefined {
  for (const element of elementsOf(root)) if (fits(element, selector)) return element;
  return undefined;
}

/** True when an element fits one of the alternatives. */
export function fits(element: Element, selector: Selector): boolean {
  return selector.some((step) => fitsStep(element, step));
}

function fitsStep(element: Element, { test, before }: Step): boolean {
  if (!test(element)) return false;
  if (before === undefined) return true;
  const { combinator, step } = before;
  if (combinator === '>' || combinator === ' ') {
    for (let parent = element.parent; parent !== undefined && parent.name !== ''; parent = parent.parent) {
      if (fitsStep(parent, step)) return true;
      if (combinator === '>') return false;
    }
    return false;
  }
  for (let earlier = element.previous; earlier !== undefined; earlier = earlier.previous) {
    if (fitsStep(earlier, step)) return true;
    if (combinator === '+') return false;
  }
  return false;
}

function isLast(element: Element): boolean {
  return element.parent?.children.findLast((child) => typeof child !== 'string') === element;
}

const NAME = /(?:[\w-]|[^\0-\x7f]|\\.)+/y;
const ATTRIBUTE = /\[\s*([\w:-]+)\s*(?:([~^$*]?=)\s*(?:"([^"]*)"|'([^']*)'|([\w/.:-]+))\s*)?\]/y;
const COMBINATOR = /\s*([>+~])\s*|\s+/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.trim();
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  fault(): UserError {
    return new UserError(
      `“${this.#text}” is not a selector that is understood, from “${this.#text.slice(this.#at)}” on`,
    );
  }

  list(depth: number): Step[] {
    const steps = [this.#complex(depth)];
    while (this.#take(/\s*,\s*/y)) steps.push(this.#complex(depth));
    return steps;
  }

  #complex(depth: number): Step {
    let step: Step = { test: this.#compound(depth) };
    while (!this.ended && !/[),]/.test(this.#text.slice(this.#at).trimStart().charAt(0))) {
      const combinator = this.#take(COMBINATOR);
      if (!combinator) throw this.fault();
      const before = { combinator: (combinator[1] ?? ' ') as Combinator, step };
      step = { test: this.#compound(depth), before };
    }
    return step;
  }

  #compound(depth: number): Test {
    const tests: Test[] = [];
    for (let test = this.#simple(depth); test !== undefined; test = this.#simple(depth)) tests.push(test);
    if (tests.length === 0) throw this.fault();
    return (element) => tests.every((test) => test(element));
  }

  #simple(depth: number): Test | undefined {
    switch (this.#text.charAt(this.#at)) {
      case '*':
        this.#at++;
        return () => true;
      case '#': {
        const id = this.#afterMark();
        return ({ attributes }) => attributes.id === id;
      }
      case '.': {
        const name = this.#afterMark();
        return ({ attributes }) => words(attributes.class).includes(name);
      }
      case '[':
        return this.#attribute();
      case ':':
        return this.#pseudo(depth);
      default: {
        const name = this.#take(NAME)?.[0].toLowerCase();
        return name === undefined ? undefined : (element) => element.name === name;
      }
    }
  }

  #afterMark(): string {
    this.#at++;
    const name = this.#take(NAME)?.[0];
    if (name === undefined) throw this.fault();
    return name.replace(/\\(.)/g, '$1');
  }

  #attribute(): Test {
    const found = this.#take(ATTRIBUTE);
    if (!found) throw this.fault();
    const [, name = '', operator, double, single, bare] = found;
    const value = double ?? single ?? bare ?? '';
    const compare = COMPARISONS[operator ?? ''] ?? (() => true);
    return ({ attributes }) => {
      const held = attributes[name.toLowerCase()];
      return held !== undefined && compare(held, value);
    };
  }

  #pseudo(depth: number): Test {
    if (this.#take(/:first-child/y)) return ({ previous }) => previous === undefined;
    if (this.#take(/:last-child/y)) return isLast;
    const name = depth < DEEPEST ? this.#take(/:(not|has)\(\s*/y)?.[1] : undefined;
    if (name === undefined) throw this.fault();
    const inner = this.list(depth + 1);
    if (!this.#take(/\s*\)/y)) throw this.fault();
    return name === 'not' ? (element) => !fits(element, inner) : (element) => selectFirst(element, inner) !== undefined;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }
}

const COMPARISONS: Readonly<Record<string, (held: string, value: string) => boolean>> = {
  '=': (held, value) => held === value,
  '~=': (held, value) => words(held).includes(value),
  // An empty value begins, ends and is in everything; CSS says that it then fits nothing.
  '^=': (held, value) => value !== '' && held.startsWith(value),
  '$=': (held, value) => value !== '' && held.endsWith(value),
  '*=': (held, value) => value !== '' && held.includes(value),
};

function words(text: string | undefined): string[] {
  return text?.split(/\s+/) ?? [];
}

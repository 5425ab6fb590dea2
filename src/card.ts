/** A reply as plain data; each adapter renders it in its platform's own way. Texts are untrusted and unescaped. */
import type { Direction, Instant, LocalDate } from './model.ts';
import type { Span } from './ports.ts';

/** A run of text; `link` is an absolute http(s) address. */
export interface TextRun {
  readonly text: string;
  readonly style?: 'strong' | 'quiet' | 'quote' | 'code';
  readonly link?: string;
  /** Stretches to highlight, such as search matches. */
  readonly marks?: readonly Span[];
}

/** A button carries a command line, so it is an invocation and passes the same access check. */
export interface Button {
  readonly label: string;
  readonly command: string;
  /** `form` opens the command's form where the platform has forms; absent runs the line. */
  readonly action?: 'form';
}

/** One event or item in a list. */
export interface Entry {
  readonly title: string;
  readonly link?: string;
  /** Absent for entries without a barrier. */
  readonly direction?: Direction;
  readonly source: string;
  /** Absent where the source gives no date. */
  readonly date?: Instant | LocalDate;
  /** Names of further sources of the same event. */
  readonly alsoFrom?: readonly string[];
  /** Exact quotes of the item. */
  readonly evidence?: readonly string[];
  /** The essay section, such as `CH 2.2`. */
  readonly section?: string;
  /** Stretches of the title to highlight. */
  readonly marks?: readonly Span[];
  /** A stretch of the summary around a search match. */
  readonly excerpt?: Excerpt;
  readonly detail?: string;
  /** The item's id, which `/barrier why` takes. */
  readonly id?: string;
}

/** Part of a longer text; `marks` count from its own start. */
export interface Excerpt {
  readonly text: string;
  readonly marks: readonly Span[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

export type Block =
  | { readonly kind: 'text'; readonly runs: readonly TextRun[] }
  | { readonly kind: 'heading'; readonly text: string; readonly note?: string }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly name: string; readonly value: string }[] }
  | {
      readonly kind: 'entries';
      readonly entries: readonly Entry[];
      readonly more?: { readonly count: number; readonly command: string };
    }
  | { readonly kind: 'divider' }
  | { readonly kind: 'file'; readonly name: string; readonly content: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] };

type Tone = 'plain' | 'good' | 'warning' | 'bad';

/** What the bot says, on any platform. */
export interface Card {
  readonly title: string;
  readonly tone: Tone;
  readonly blocks: readonly Block[];
  /** The zone that dates and times of the card are shown in, an IANA name. */
  readonly timeZone: string;
  /** True for what concerns the whole channel; false answers the caller alone. */
  readonly public: boolean;
  /** What goes beneath the card where a platform has threads; elsewhere the `more` commands of the entries lead to it. */
  readonly thread?: readonly Block[];
  /** Who caused a public card, by name; absent for what comes by itself, such as digests. */
  readonly by?: string;
  /** The command line that makes a private card again, to share it; absent where there is nothing to share. */
  readonly share?: string;
}

/** A block of one run of text. */
export function paragraph(text: string, style?: TextRun['style']): Block {
  return { kind: 'text', runs: [style ? { text, style } : { text }] };
}

/** A private answer in a plain tone, unless said otherwise. */
export function reply(
  context: { readonly timeZone: string },
  title: string,
  blocks: readonly Block[],
  extras: { readonly tone?: Tone; readonly public?: boolean } = {},
): Card {
  return { title, tone: extras.tone ?? 'plain', public: extras.public ?? false, timeZone: context.timeZone, blocks };
}

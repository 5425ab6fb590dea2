/** The port to what finds sources; part of src/ports.ts in all but place. */
import type { FeedKind, ItemDraft } from './model.ts';

/** What stands behind an address that a person gave. */
export interface FoundSource {
  /** What a feed list takes: the address given, that of a feed, or that of a page with the selectors of its entries after `#`. */
  readonly url: string;
  readonly kind: FeedKind;
  /**
   * `given`: the address is a source itself; `named`: the page names this feed; `usual`: the page names none, and this one was
   * found where sites keep theirs; `list`: no feed was found, but the page shows a list that can be watched.
   */
  readonly how: 'given' | 'named' | 'usual' | 'list';
  readonly title?: string;
  readonly homepage?: string;
  /** What it holds now, in its order. */
  readonly items: readonly ItemDraft[];
  /** The list that the page shows, to be watched in place of a feed that the page does not name; absent where it shows none. */
  readonly list?: string;
  /** True where the site's robots.txt asks programs not to read it; it is for the person who gave the address to decide. */
  readonly disallowed?: boolean;
  /** Further feeds that the page names. */
  readonly others: readonly { readonly url: string; readonly title?: string }[];
}

/** Finds the source behind an address, with a few questions to its site. */
export interface SourceFinder {
  /** Throws WorldError when nothing there can be read or watched, and UserError when the address itself is not allowed. */
  find(address: string, signal: AbortSignal): Promise<FoundSource>;
}

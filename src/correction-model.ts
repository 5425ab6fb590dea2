/** The nouns of corrections: what people say an item is, in place of what the rules said. Part of src/model.ts in all but place. */
import type { Instant, ReadItem, TaggedItem } from './model.ts';

/** What one tagger, rules or a person, says of an item; the reasons of the rules stay with the rules. */
export type Judgement = Pick<TaggedItem, 'relevant' | 'taggings' | 'primary' | 'crisis' | 'method'>;

/** `replaced` by a later one for the same item; only `confirmed` ones count. */
export type CorrectionState = 'proposed' | 'confirmed' | 'replaced' | 'refused' | 'undone';

/** What one person of a workspace says an item is; other workspaces never see it. */
export interface Correction {
  /** Runs through all workspaces; `#12` in chat. */
  readonly number: number;
  readonly itemId: string;
  readonly title: string;
  readonly state: CorrectionState;
  /** What held in the workspace when it was proposed. */
  readonly former: Judgement;
  readonly judged: Judgement;
  /** The words of the item that the proposer named as proof. */
  readonly words?: string;
  readonly note?: string;
  /** The number of the correction that was in force before; absent where the rules were. */
  readonly replaces?: number;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  /** Who confirmed, refused or undid it last; absent while nobody has. */
  readonly decidedBy?: string;
  readonly decidedAt?: Instant;
}

/** What a person proposes. */
export type CorrectionDraft = Pick<Correction, 'itemId' | 'former' | 'judged' | 'words' | 'note' | 'proposedBy'>;

/** How an item's tagging was corrected: the correction in force, and what the rules had said (absent until they have). */
export interface Corrected {
  readonly number: number;
  readonly rules?: TaggedItem;
}

/** A correction in force with the item as the workspace reads it. */
export interface CorrectedItem {
  readonly correction: Correction;
  readonly read: ReadItem;
}

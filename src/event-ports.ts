/** The part of the store's port that lets admins mend events. */
import type { Change, Instant } from './model.ts';

/** What an admin can say of events, by the ids of items; each has its inverse. */
export type EventEdit =
  | { readonly action: 'split' | 'unsplit'; readonly itemId: string }
  /** `merge` makes the item's event part of that of `intoItemId`; `unmerge` takes back the merge that joined the two. */
  | { readonly action: 'merge' | 'unmerge'; readonly itemId: string; readonly intoItemId: string };

/** Events are shared by all workspaces; what one says of them changes what it reads itself, and nothing else. */
export interface EventStore {
  /**
   * Makes one edit and its line in the audit trail in one step; undefined when it changes nothing, or an item is not on the list or
   * in no event.
   */
  editEvents(workspaceId: string, edit: EventEdit, actor: string, at: Instant): Promise<Change | undefined>;
}

/** Whole feed lists in and out, for `/feeds import` and `/feeds export` as for the command line. */
import type { ListWork } from './arguments.ts';
import { messageOf, UserError } from './errors.ts';
import { toDraft } from './feed-list.ts';
import type { Instant } from './model.ts';
import { plural } from './plural.ts';
import type { FeedListContent, FeedListFiles, Store } from './ports.ts';

/** What an import changed: feeds added, feeds that stood on the list already and stay as they are, filters of streams set. */
interface Imported {
  readonly added: number;
  readonly known: number;
  readonly filters: number;
}

/** Puts all that a file holds on a workspace's list, each with its line in the audit trail. */
export async function importList(
  store: Store,
  workspaceId: string,
  { feeds, filters }: FeedListContent,
  actor: string,
  at: Instant,
): Promise<Imported> {
  let added = 0;
  for (const feed of feeds) {
    if (await store.editFeedList(workspaceId, { action: 'add', feed }, actor, at)) added += 1;
  }
  let set = 0;
  for (const { scope, filter } of filters) {
    if (await store.editFeedList(workspaceId, { action: 'filter', scope, filter }, actor, at)) set += 1;
  }
  return { added, known: feeds.length - added, filters: set };
}

/** A workspace's whole list, to be written to a file. */
export async function exportList(store: Store, workspaceId: string): Promise<FeedListContent> {
  const feeds = (await store.listFeeds(workspaceId)).map(toDraft);
  return { feeds, filters: await store.filters(workspaceId) };
}

interface Transfer {
  readonly store: Store;
  readonly lists: FeedListFiles;
  readonly workspaceId: string;
  readonly actor: string;
  readonly now: Instant;
  /** Reads a file's text, or throws. */
  readonly read: (file: string) => string;
  /** Hears of each entry that was left out. */
  readonly warn: (fault: string) => void;
}

/** Does what the command line asks of a feed list; resolves with what to print. Throws UserError. */
export async function transferList(transfer: Transfer, work: ListWork): Promise<string> {
  const { store, lists, workspaceId, actor, now, warn } = transfer;
  if ((await store.findWorkspace(workspaceId)) === undefined)
    throw new UserError(`No workspace is called “${workspaceId}”. Its id is like slack:T0123 or discord:123456.`);
  if (work.work === 'export') return lists.write(await exportList(store, workspaceId), work.format).trimEnd();
  const content = lists.parse(readText(work.file, transfer.read));
  for (const fault of content.faults) warn(`${work.file}: ${fault}`);
  const { added, known, filters } = await importList(store, workspaceId, content, actor, now);
  return `${plural(added, 'feed')} added, ${known} on the list already, ${plural(filters, 'filter')} of streams set.`;
}

function readText(file: string, read: Transfer['read']): string {
  try {
    return read(file);
  } catch (thrown) {
    throw new UserError(`The file cannot be read: ${messageOf(thrown)}`);
  }
}

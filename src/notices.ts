/** Notices on feeds: asks the store what a workspace should be told, tells it once, and notes that it did. */
import { type Block, type Button, type Card, paragraph } from './card.ts';
import { DoubtError, messageOf, WorldError } from './errors.ts';
import { failureReason } from './failure-kind.ts';
import type { Log } from './log.ts';
import type { Instant, ListedFeed, Notice, NoticeKind, Workspace } from './model.ts';
import { plural } from './plural.ts';
import type { Adapter, Clock, NoticeEnd, Store } from './ports.ts';
import { peopleToTell, tellAdmin } from './tell-admin.ts';
import { HOUR, plus, showAge, showTime } from './time.ts';

/** Who cannot be told now is tried again then; what is over by then is not told. */
const RETRY = HOUR;

/** As many feeds as one card names; the others stand in `/feeds health`. */
const FEEDS_SHOWN = 10;

/** As many buttons as every platform shows in one row. */
const BUTTONS_SHOWN = 5;

export interface NoticeDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  /** The setting ADMINS. */
  readonly admins: readonly string[];
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Tells every workspace what is due; resolves with how many notices were told. */
export async function tellNotices(dependencies: NoticeDependencies): Promise<number> {
  const { store, clock, adapters, log } = dependencies;
  const due = Map.groupBy(await store.dueNotices(clock.now()), ({ workspaceId }) => workspaceId);
  let told = 0;
  for (const [workspaceId, notices] of due) {
    const workspace = await store.findWorkspace(workspaceId);
    // A platform that is off, or cannot be reached yet, is told later.
    if (workspace === undefined || !adapters.some(({ name }) => name === workspace.adapter)) continue;
    try {
      told += await tellWorkspace(dependencies, workspace, notices);
    } catch (thrown) {
      log.error({ err: thrown, workspace: workspaceId }, 'a workspace could not be told of its feeds');
    }
  }
  return told;
}

/** A notice with the feed it is about. */
interface Told {
  readonly notice: Notice;
  readonly feed: ListedFeed;
}

async function tellWorkspace(
  dependencies: NoticeDependencies,
  workspace: Workspace,
  notices: readonly Notice[],
): Promise<number> {
  const { store } = dependencies;
  const feeds = new Map((await store.listFeeds(workspace.id)).map((feed) => [feed.id, feed]));
  const route = await store.noticeRoute(workspace.id);
  const channel = route === undefined || route === 'off' ? undefined : route.channelId;
  const found = notices.flatMap((notice) => {
    const feed = feeds.get(notice.feedId);
    return feed ? [{ notice, feed }] : [];
  });
  let told = 0;
  // One card for all that went the same way at once: an outage of the network is one message and not eighty.
  const groups = Map.groupBy(found, ({ notice, feed }) => `${groupOf(notice)} ${channel ?? feed.addedBy}`);
  for (const group of groups.values()) told += await tellGroup(dependencies, workspace, channel, group);
  return told;
}

/** What is held has two buttons of its own, so each stands alone. */
function groupOf({ kind, feedId }: Notice): string {
  return kind === 'held' ? `held ${feedId}` : kind;
}

async function tellGroup(
  dependencies: NoticeDependencies,
  workspace: Workspace,
  channelId: string | undefined,
  group: readonly Told[],
): Promise<number> {
  const { store, clock, admins } = dependencies;
  const [first] = group;
  if (first === undefined) return 0;
  const schedulers = (await store.subscriptions(workspace.id)).map(({ createdBy }) => createdBy);
  const people = peopleToTell(admins, workspace.adapter, first.feed.addedBy, schedulers);
  // Nobody to tell: it stays due until a channel is chosen or it is over.
  if (channelId === undefined && people.length === 0) return 0;
  const now = clock.now();
  const claimed = new Set(
    (
      await store.claimNotices(
        group.map(({ notice }) => notice),
        now,
      )
    ).map(({ feedId, key }) => `${feedId} ${key}`),
  );
  const ours = group.filter(({ notice }) => claimed.has(`${notice.feedId} ${notice.key}`));
  if (ours.length === 0) return 0;
  const card = noticeCard(
    first.notice.kind,
    ours.map(({ feed }) => feed),
    workspace.timeZone,
    now,
  );
  const end = await send(
    dependencies,
    workspace,
    channelId,
    people,
    card,
    `notice ${first.notice.kind} ${first.feed.id} ${first.notice.key}`,
  );
  await store.settleNotices(
    ours.map(({ notice }) => notice),
    end,
    clock.now(),
  );
  return end.told ? ours.length : 0;
}

/** In the channel of notices where there is one; else, or where nothing can be posted there, to the first of `people` alone. */
async function send(
  dependencies: NoticeDependencies,
  workspace: Workspace,
  channelId: string | undefined,
  people: readonly string[],
  card: Card,
  key: string,
): Promise<NoticeEnd> {
  const { adapters, clock, log } = dependencies;
  if (channelId !== undefined) {
    const adapter = adapters.find(({ name }) => name === workspace.adapter);
    try {
      await adapter?.post({ adapter: workspace.adapter, workspaceId: workspace.id, id: channelId }, card, key);
      return { told: true };
    } catch (thrown) {
      // What may have arrived is not said twice.
      if (thrown instanceof DoubtError) return { told: true };
      if (!(thrown instanceof WorldError)) throw thrown;
      log.warn({ workspace: workspace.id, reason: messageOf(thrown) }, 'the channel of notices takes no posts');
    }
  }
  if (await tellAdmin(dependencies, workspace, people, { ...card, public: false })) return { told: true };
  return { told: false, retryAt: plus(clock.now(), RETRY) };
}

/** One card for feeds of which the same is to be told. Pure. */
function noticeCard(kind: NoticeKind, feeds: readonly ListedFeed[], timeZone: string, now: Instant): Card {
  const shown = feeds.slice(0, FEEDS_SHOWN);
  const buttons = shown.flatMap((feed) => BUTTONS[kind]?.(feed) ?? []).slice(0, BUTTONS_SHOWN);
  const more = feeds.length - shown.length;
  const blocks: Block[] = [
    { kind: 'fields', fields: shown.map((feed) => ({ name: feed.title, value: LINES[kind](feed, timeZone, now) })) },
    ...(more > 0 ? [paragraph(`and ${more} more: /feeds health`)] : []),
    paragraph(HELP[kind], 'quiet'),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
  return {
    title: TITLES[kind](plural(feeds.length, 'source')),
    tone: kind === 'recovered' ? 'good' : 'warning',
    public: true,
    timeZone,
    blocks,
  };
}

const TITLES: Readonly<Record<NoticeKind, (sources: string) => string>> = {
  down: (sources) => `Down for a day: ${sources}`,
  recovered: (sources) => `Read again: ${sources}`,
  gone: (sources) => `Gone for good, and paused: ${sources}`,
  moved: (sources) => `Moved to another address: ${sources}`,
  held: () => 'Held back: most of a source looks new',
};

const LINES: Readonly<Record<NoticeKind, (feed: ListedFeed, timeZone: string, now: Instant) => string>> = {
  down(feed, timeZone, now) {
    const { succeededAt, nextCheckAt } = feed;
    const last = succeededAt ? `last read ${showAge(succeededAt, now)} ago` : 'never read';
    return `${failureReason(feed)} · ${last} · next try ${showTime(nextCheckAt, timeZone)}`;
  },
  recovered: ({ succeededAt }, timeZone, now) => `since ${showTime(succeededAt ?? now, timeZone)}`,
  gone: ({ url }) => `${url} answered 410: its publisher removed it for good`,
  moved: ({ url, moved }) => `${url} leads to ${moved?.to ?? 'another address'}, seen on ${moved?.days ?? 0} days`,
  held: ({ held }) =>
    `${held?.items ?? 0} of ${held?.window ?? 0} entries look new at once. They are stored and searchable, but not posted.`,
};

const HELP: Readonly<Record<NoticeKind, string>> = {
  down: 'It is tried less and less often, once a day at least. One more notice comes when it is read again.',
  recovered: 'What it published meanwhile, as far as it still shows it, goes into the next digest.',
  gone: '/feeds resume tries it again; /feeds remove takes it off the list.',
  moved: 'It is read at its old address as long as that leads there. /feeds move takes the new one over.',
  held: 'A site that was rebuilt shows old entries as new. Posted, they go into the next digest; old ones stay searchable.',
};

const BUTTONS: Readonly<Partial<Record<NoticeKind, (feed: ListedFeed) => readonly Button[]>>> = {
  moved: ({ id, title }) => [{ label: `Move ${title}`.slice(0, 60), command: `/feeds move ${id}` }],
  held: ({ id }) => [
    { label: 'Post them', command: `/feeds release ${id}` },
    { label: 'They are old', command: `/feeds dismiss ${id}` },
  ],
};

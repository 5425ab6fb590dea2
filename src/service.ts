/** The running bot: polls what is due, posts what is due, answers invocations, and stops cleanly. Knows only ports. */
import { createAdapterHost } from './adapter-host.ts';
import { createBot, type Invocation } from './bot.ts';
import type { CommandContext } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { completeLine } from './completion.ts';
import { postDigest, postDueDigests } from './deliver.ts';
import { WorldError } from './errors.ts';
import { readAsGiven } from './feed-preview.ts';
import { createJob, startHeartbeat } from './heartbeat.ts';
import { postInstantEvents } from './instant.ts';
import { type KeepingDependencies, keepInOrder, unlessInTrouble, whileStorable } from './keeping.ts';
import type { Log } from './log.ts';
import type { Channel, Delivery, FeedDraft, Subscription, Window } from './model.ts';
import { tellNotices } from './notices.ts';
import { checkPlans } from './plans.ts';
import { type Check, finishItems, type OnCheck, pollDue, pollFeeds } from './poll.ts';
import type { Adapter, Clock, FeedListFiles, FeedReader, Store } from './ports.ts';
import type { Pushes } from './push.ts';
import { createRetagging } from './retag.ts';
import { reviseDue } from './revise.ts';
import { takeSecondLooks } from './second-look.ts';
import type { SecondReaderUse } from './second-reader.ts';
import { settleDeliveries } from './settle.ts';
import type { SourceFinder } from './source-finder.ts';
import { suspendChannel } from './suspend.ts';

/** What is in flight at a stop gets this long to end. */
const GRACE_MS = 5_000;

export interface ServiceDependencies {
  readonly store: Store;
  readonly reader: FeedReader;
  /** Absent where an address is taken as it is given. */
  readonly finder?: SourceFinder;
  readonly lists: FeedListFiles;
  readonly clock: Clock;
  readonly log: Log;
  /** The adapters that are on; filled after the service is made, since adapters need its host. */
  readonly adapters: Adapter[];
  /** The setting ADMINS. */
  readonly admins: readonly string[];
  /** Speaks with hubs; absent where they cannot reach the bot. */
  readonly pushes?: Pick<Pushes, 'renew'>;
  /** Reads tags a second time; absent where it is off. */
  readonly secondReader?: SecondReaderUse | undefined;
  /** The settings of what is kept; absent keeps everything and makes no backups. */
  readonly keeping?: KeepingDependencies['settings'];
  /** The list a new workspace starts with. */
  readonly firstFeeds: () => readonly FeedDraft[];
}

/** Joins the parts; nothing runs before `start`. */
export function createService(dependencies: ServiceDependencies) {
  const { store, reader, lists, clock, log, adapters, secondReader } = dependencies;
  const { finder = readAsGiven(reader), keeping = { KEEP_OFF_TOPIC_DAYS: 0, KEEP_BACKUPS: 0 } } = dependencies;
  const stopping = new AbortController();
  const delivering = { ...dependencies, signal: stopping.signal };
  const polling = { store, reader, clock, log, signal: stopping.signal };
  // Before anything is claimed in this run: a claim that is open then is one that a former run left.
  let doubted: Promise<readonly Delivery[]> | undefined;
  const doubtFormerClaims = () => {
    doubted ??= store.doubtOpenClaims(clock.now()).catch((thrown: unknown) => {
      // A store that is in trouble now is asked again.
      doubted = undefined;
      throw thrown;
    });
    return doubted;
  };
  const post = async (subscription: Subscription, now: string, window?: Window) => {
    await doubtFormerClaims();
    return postDigest(dependencies, subscription, now, window);
  };

  const contextOf = async ({ workspace, channel, user }: Invocation): Promise<CommandContext> => {
    const subscription = await store.subscriptionOf(channel);
    const timeZone = subscription?.timeZone ?? workspace.timeZone;
    return {
      store,
      clock,
      reader,
      finder,
      lists,
      workspace,
      channel,
      user,
      timeZone,
      postDigest: post,
      startRetagging: () => retagging.start(user.id),
      obstacle: () => obstacleOf(adapters, channel),
      ...(secondReader ? { secondReader } : {}),
      linkTo: (messageRef) => adapters.find(({ name }) => name === channel.adapter)?.linkTo?.(channel, messageRef),
      signal: stopping.signal,
    };
  };
  const bot = createBot(COMMANDS, contextOf, log);

  let onCheck: OnCheck | undefined;
  const job = (name: string, work: () => Promise<unknown>) => createJob(name, whileStorable(store, work), log);
  const poll = job('polling', () => pollDue(polling, onCheck));
  const notices = job('telling of feeds', () => tellNotices(dependencies));
  const postAll = async () => {
    await doubtFormerClaims();
    await settleDeliveries(delivering);
    await postDueDigests(delivering);
  };
  const digests = job('posting digests', postAll);
  const postAtOnce = async () => {
    await doubtFormerClaims();
    await postInstantEvents(delivering);
  };
  const instants = job('posting at once', postAtOnce);
  const revisions = job('editing posted digests', () => reviseDue(delivering));
  const renewals = job('asking hubs', async () => dependencies.pushes?.renew(stopping.signal));
  const tidying = job('keeping the data', () => keepInOrder({ ...polling, settings: keeping }));
  const secondLook = async () =>
    secondReader && takeSecondLooks({ store, use: secondReader, clock, log, signal: stopping.signal });
  const secondLooks = job('second looks', secondLook);
  const jobs = [poll, notices, digests, instants, revisions, renewals, tidying, secondLooks];
  /** Runs when somebody asks for it, and not at the heartbeat. */
  const retagging = createRetagging({ store, clock, signal: stopping.signal }, log);
  let heartbeat: ReturnType<typeof startHeartbeat> | undefined;
  let stopped: Promise<void> | undefined;

  return {
    bot,
    /** What adapters ask of the bot. */
    host: createAdapterHost({
      store,
      clock,
      bot,
      commands: COMMANDS,
      firstFeeds: dependencies.firstFeeds,
      suspend: (channel, reason) => suspendChannel(dependencies, channel, reason),
    }),
    complete: (workspaceId: string, line: string) => completeLine({ store, workspaceId, commands: COMMANDS }, line),
    /** Takes up what a former run left: open claims become doubtful, to be settled; items without tags get them; plans are checked. */
    async recover(): Promise<readonly Delivery[]> {
      await finishItems(polling);
      await checkPlans(store, clock.now());
      return doubtFormerClaims();
    },
    /** Checks every feed now, whether due or not, except those whose server asked for quiet. */
    async pollAll(listener?: OnCheck): Promise<Check[]> {
      return pollFeeds(polling, await store.activeFeeds(clock.now()), listener);
    },
    /** Checks what is due; nothing, with a line in the log, where nothing can be stored. */
    pollDue: (listener?: OnCheck): Promise<readonly Check[]> =>
      unlessInTrouble(whileStorable(store, () => pollDue(polling, listener))(), [], log),
    /** Lets the second reader look at what waits, for so long at most, and groups what it made relevant. */
    async takeSecondLooks(milliseconds: number): Promise<void> {
      if (secondReader === undefined) return;
      const enough = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
      await Promise.race([secondLooks.run(), enough]);
      if (!stopping.signal.aborted) await finishItems(polling);
    },
    /** True once `stop` was called: what a poll brought by then is only part of what there is. */
    isStopping: () => stopping.signal.aborted,
    postDigest: post,
    postDue: () => digests.run(),
    /** Posts what channels want at once. */
    postInstant: () => instants.run(),
    /** An adapter is on now: what waited for it is posted at once, but nothing before the first polling is over. */
    async adapterStarted(): Promise<void> {
      await digests.settled();
      if (heartbeat) await digests.run();
    },
    /** Starts the heartbeat; `listener` hears of every check from then on. */
    start(listener?: OnCheck): void {
      onCheck = listener;
      heartbeat = startHeartbeat(jobs);
      void digests.run();
    },
    /** Stops polling, gives what is in flight five seconds, then closes adapters, reader and store; later calls join the first. */
    stop(): Promise<void> {
      stopped ??= (async () => {
        stopping.abort();
        const grace = new Promise<void>((resolve) => setTimeout(resolve, GRACE_MS).unref());
        const ends = [...jobs, retagging].map((running) => running.settled());
        await Promise.race([Promise.all([heartbeat?.stop(), ...ends]), grace]);
        await Promise.all(adapters.map((adapter) => adapter.stop()));
        await Promise.all([reader.close(), secondReader?.reader.close()]);
        await store.close();
      })();
      return stopped;
    },
  };
}

export type Service = ReturnType<typeof createService>;

/** A platform that cannot be asked is no obstacle yet: posting tells, and is tried again. */
async function obstacleOf(adapters: readonly Adapter[], channel: Channel): Promise<string | undefined> {
  try {
    return await adapters.find(({ name }) => name === channel.adapter)?.obstacle(channel);
  } catch (thrown) {
    if (thrown instanceof WorldError) return undefined;
    throw thrown;
  }
}

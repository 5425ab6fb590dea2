/** Channels that take no posts until a person acts there: suspended, and an admin is told once. */

import { type Card, paragraph } from './card.ts';
import type { Log } from './log.ts';
import type { Channel } from './model.ts';
import type { Adapter, Clock, Store } from './ports.ts';
import { peopleToTell, tellAdmin } from './tell-admin.ts';

interface SuspendDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  readonly admins: readonly string[];
  readonly log: Pick<Log, 'warn'>;
}

/** Holds back a channel's digests and tells an admin; does nothing for a channel that gets none or is suspended already. */
export async function suspendChannel(
  dependencies: SuspendDependencies,
  channel: Channel,
  reason: string,
): Promise<void> {
  const { store, clock, log } = dependencies;
  const suspended = await store.suspend(channel, { at: clock.now(), reason });
  if (suspended === undefined) return;
  log.warn({ subscription: suspended.id, reason }, 'a channel takes no digests and is held back');
  const workspace = { id: suspended.channel.workspaceId, adapter: suspended.channel.adapter };
  // The person who set the digest up, else the first admin of the settings who can be reached.
  const card = noticeCard(suspended.channel, reason, suspended.timeZone);
  const people = peopleToTell(dependencies.admins, workspace.adapter, suspended.createdBy);
  await tellAdmin(dependencies, workspace, people, card);
}

function noticeCard(channel: Channel, reason: string, timeZone: string): Card {
  return {
    title: 'A digest is held back',
    tone: 'warning',
    public: false,
    timeZone,
    blocks: [
      paragraph(`Channel ${channel.id} takes no posts: ${reason}`),
      paragraph(
        'Nothing is lost: once that is mended, /digest resume there lets digests come again, for up to 31 days back.',
      ),
    ],
  };
}

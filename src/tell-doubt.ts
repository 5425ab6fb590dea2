/** Tells an admin, once, of a digest of which nobody can say whether it arrived. */
import { type Card, paragraph } from './card.ts';
import type { Log } from './log.ts';
import type { Delivery, Subscription } from './model.ts';
import type { Adapter } from './ports.ts';
import { peopleToTell, tellAdmin } from './tell-admin.ts';
import { showTime } from './time.ts';

interface TellDoubtDependencies {
  readonly adapters: readonly Adapter[];
  readonly admins: readonly string[];
  readonly log: Pick<Log, 'warn'>;
}

/** The person who set the digest up is told, else the first admin of the settings who can be reached. */
export async function tellDoubt(
  dependencies: TellDoubtDependencies,
  { channel, createdBy, timeZone }: Subscription,
  { claimedAt }: Delivery,
  reason: string,
): Promise<void> {
  const workspace = { id: channel.workspaceId, adapter: channel.adapter };
  const card: Card = {
    title: 'A digest may not have arrived',
    tone: 'warning',
    public: false,
    timeZone,
    blocks: [
      paragraph(`Channel ${channel.id}, the digest of ${showTime(claimedAt, timeZone)}: ${reason}`),
      paragraph(
        'It is not sent again by itself, since it may stand there already. /digest last in that channel shows it in full.',
      ),
    ],
  };
  await tellAdmin(dependencies, workspace, peopleToTell(dependencies.admins, workspace.adapter, createdBy), card);
}

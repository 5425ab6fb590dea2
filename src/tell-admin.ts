/** Tells one admin of a workspace something: the first of those who may be known that can be reached. */
import { namedAdmins } from './admins.ts';
import type { Card } from './card.ts';
import { messageOf } from './errors.ts';
import type { Log } from './log.ts';
import type { Adapter } from './ports.ts';

interface TellDependencies {
  readonly adapters: readonly Adapter[];
  /** The setting ADMINS. */
  readonly admins: readonly string[];
  readonly log: Pick<Log, 'warn'>;
}

/** Those who may be told of something on an adapter: `person` where that is one of its users, then those whom ADMINS names. */
export function peopleToTell(admins: readonly string[], adapter: string, person: string): readonly string[] {
  const own = person.startsWith(`${adapter}:`) ? [person] : [];
  return [...new Set([...own, ...namedAdmins(admins, adapter)])];
}

/** True once somebody was told; false where nobody is known or could be reached. */
export async function tellAdmin(
  { adapters, admins, log }: TellDependencies,
  workspace: { readonly id: string; readonly adapter: string },
  person: string,
  card: Card,
): Promise<boolean> {
  const adapter = adapters.find((each) => each.name === workspace.adapter);
  if (adapter === undefined) return false;
  for (const admin of peopleToTell(admins, workspace.adapter, person)) {
    try {
      await adapter.tell(workspace.id, admin, card);
      return true;
    } catch (thrown) {
      log.warn({ workspace: workspace.id, person: admin, reason: messageOf(thrown) }, 'an admin could not be told');
    }
  }
  return false;
}

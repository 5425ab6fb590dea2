/** Tells one admin of a workspace something: the first of those who may be known that can be reached. */
import { namedAdmins } from './admins.ts';
import type { Card } from './card.ts';
import { messageOf } from './errors.ts';
import type { Log } from './log.ts';
import type { Adapter } from './ports.ts';

interface TellDependencies {
  readonly adapters: readonly Adapter[];
  readonly log: Pick<Log, 'warn'>;
}

/** Those who may be told of something on an adapter: `person` where that is one of its users, those whom ADMINS names, then `others`. */
export function peopleToTell(
  admins: readonly string[],
  adapter: string,
  person: string,
  others: readonly string[] = [],
): readonly string[] {
  const isUser = (id: string) => id.startsWith(`${adapter}:`);
  return [...new Set([...[person].filter(isUser), ...namedAdmins(admins, adapter), ...others.filter(isUser)])];
}

/** Tells the first of `people` who can be reached; false where nobody could be. */
export async function tellAdmin(
  { adapters, log }: TellDependencies,
  workspace: { readonly id: string; readonly adapter: string },
  people: readonly string[],
  card: Card,
): Promise<boolean> {
  const adapter = adapters.find((each) => each.name === workspace.adapter);
  if (adapter === undefined) return false;
  for (const admin of people) {
    try {
      await adapter.tell(workspace.id, admin, card);
      return true;
    } catch (thrown) {
      log.warn({ workspace: workspace.id, person: admin, reason: messageOf(thrown) }, 'an admin could not be told');
    }
  }
  return false;
}

/** Who is an admin where the platform itself does not say. */
import type { User } from './command.ts';

/** The users of an adapter that ADMINS names, such as `slack:U012AB3CD`. */
export function namedAdmins(admins: readonly string[], adapter: string): readonly string[] {
  return admins.filter((admin) => admin.startsWith(`${adapter}:`));
}

/** True for users that ADMINS names; where it names nobody of the adapter, for everyone (the terminal of one's own machine). */
export function isLocalAdmin(admins: readonly string[], adapter: string, userId: string): boolean {
  const named = namedAdmins(admins, adapter);
  return named.length === 0 || named.includes(userId);
}

/** The person at the terminal of this machine. */
export function personAtTerminal(name: string, adapter: string, admins: readonly string[]): User {
  const id = `${adapter}:${name}`;
  const isAdmin = async () => isLocalAdmin(admins, adapter, id);
  return { id, name, isAdmin, admins: 'someone whom the setting ADMINS names' };
}

/** Who is an admin where the platform itself does not say. */

/** True for users that ADMINS names; where it names nobody of the adapter, for everyone (the terminal of one's own machine). */
export function isNamedAdmin(admins: readonly string[], adapter: string, userId: string): boolean {
  const named = admins.filter((admin) => admin.startsWith(`${adapter}:`));
  return named.length === 0 || named.includes(userId);
}

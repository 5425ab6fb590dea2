/** What the app may do in a workspace, and why (docs.slack.dev/reference/scopes); docs/slack.md says the same to people. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'to be asked: /barrier, /digest, /feeds',
  'chat:write': 'to answer, and to post digests in channels it was invited to',
  'users:read': 'to see who is an admin, and who is a guest',
  'channels:read': 'to see whether it is in a channel, and whether that is archived',
  'groups:read': 'the same in private channels',
  'channels:history': 'to see whether a post whose answer was lost has arrived; nothing else is read',
  'groups:history': 'the same in private channels',
  'im:history': 'the same in direct messages, and to be asked there',
  'im:write': 'to tell an admin something alone, and to send files',
  'files:write': 'to send a feed list as a file',
  'files:read': 'to take a feed list that an admin sends as a file in a direct message; no other file is read',
  'usergroups:read': 'to see who is in the user group of SLACK_ADMIN_GROUP',
};

/** Without these nothing works. */
const NEEDED = ['commands', 'chat:write', 'users:read'];

/** The scopes that a token lacks. */
export function missingScopes(granted: readonly string[]): { readonly needed: string[]; readonly useful: string[] } {
  const missing = Object.keys(SCOPES).filter((scope) => !granted.includes(scope));
  return {
    needed: missing.filter((scope) => NEEDED.includes(scope)),
    useful: missing.filter((scope) => !NEEDED.includes(scope)),
  };
}

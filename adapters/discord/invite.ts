import { OAuth2Scopes } from 'discord.js';
import { ASKED_PERMISSIONS } from './rights.ts';

/** The link that brings the bot to a server, with the permissions it needs (docs topics/oauth2#bot-authorization-flow). */
export function inviteLink(applicationId: string): string {
  const permissions = Object.values(ASKED_PERMISSIONS).reduce((bits, bit) => bits | bit, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** What the doctor asks Discord, over REST alone: the bot may be running beside it. */
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Finding } from '../../src/doctor-finding.ts';
import { messageOf } from '../../src/errors.ts';
import type { Channel } from '../../src/model.ts';
import { plural } from '../../src/plural.ts';
import { workspaceId } from './asker.ts';
import { createRest } from './client.ts';
import { startError, worldError } from './failure.ts';
import { inviteLink } from './invite.ts';
import { missingForPosts, missingSentence } from './rights.ts';
import type { DiscordSettings } from './settings.ts';

const SUBJECT = 'Discord';
/** Few enough that the token's daily starts may run out (docs events/gateway#session-start-limit). */
const FEW_STARTS = 50;

const bits = z.string().transform(BigInt);
const named = z.object({ id: z.string(), username: z.string() });
const application = z.object({ id: z.string() });
const gateway = z.object({ session_start_limit: z.object({ remaining: z.number() }) });
const guilds = z.array(z.object({ id: z.string(), name: z.string() }));
const guild = z.object({
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: bits })),
});
const member = z.object({ roles: z.array(z.string()) });
const overwrites = z.array(z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits }));
const place = z.object({
  name: z.string().default(''),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: overwrites.default([]),
  thread_metadata: z.unknown().optional(),
});

/** Looks at the token, the servers, the commands, and the bot's rights in each channel with a digest. */
export async function diagnoseDiscord(
  { token, apiUrl }: DiscordSettings,
  channels: readonly Channel[],
): Promise<Finding[]> {
  const rest = createRest(token, apiUrl);
  try {
    const me = named.parse(await rest.get(Routes.user()));
    const { id } = application.parse(await rest.get(Routes.currentApplication()));
    const found: Finding[] = [{ subject: SUBJECT, state: 'good', found: `the token is that of ${me.username}` }];
    found.push(serversFinding(guilds.parse(await rest.get(Routes.userGuilds())), id));
    found.push(
      commandsFinding(z.array(named.pick({ id: true })).parse(await rest.get(Routes.applicationCommands(id)))),
    );
    found.push(...startsFinding(gateway.parse(await rest.get(Routes.gatewayBot())).session_start_limit.remaining));
    for (const channel of channels) found.push(await channelFinding(rest, me.id, channel));
    return found;
  } catch (thrown) {
    return [{ subject: SUBJECT, state: 'bad', found: messageOf(startError(thrown)) }];
  }
}

function serversFinding(found: z.output<typeof guilds>, applicationId: string): Finding {
  if (found.length > 0) return { subject: SUBJECT, state: 'good', found: `in ${plural(found.length, 'server')}` };
  const remedy = `Bring it to one: ${inviteLink(applicationId)}`;
  return { subject: SUBJECT, state: 'warning', found: 'in no server yet', remedy };
}

function commandsFinding(found: readonly object[]): Finding {
  if (found.length > 0)
    return { subject: SUBJECT, state: 'good', found: `${plural(found.length, 'command')} registered` };
  const remedy = 'npm start registers them, and so does npm run deploy.';
  return { subject: SUBJECT, state: 'warning', found: 'no commands are registered', remedy };
}

function startsFinding(remaining: number): Finding[] {
  if (remaining > FEW_STARTS) return [];
  const found = `only ${plural(remaining, 'start')} are left today`;
  return [{ subject: SUBJECT, state: 'warning', found, remedy: 'Find out what restarts the bot so often.' }];
}

async function channelFinding(rest: REST, userId: string, channel: Channel): Promise<Finding> {
  const subject = `${SUBJECT} channel ${channel.id}`;
  try {
    const found = place.parse(await rest.get(Routes.channel(channel.id)));
    if (found.guild_id === undefined || workspaceId(found.guild_id) !== channel.workspaceId)
      return { subject, state: 'bad', found: 'it belongs to another server' };
    const held = await permissionsIn(rest, userId, found.guild_id, found);
    const missing = missingForPosts(held, found.thread_metadata !== undefined);
    if (missing.length === 0) return { subject, state: 'good', found: `digests can be posted in #${found.name}` };
    const remedy = missingSentence(missing, `#${found.name}`);
    return { subject, state: 'bad', found: `digests cannot be posted in #${found.name}`, remedy };
  } catch (thrown) {
    return { subject, state: 'bad', found: worldError(thrown).message };
  }
}

/** As Discord works them out (docs topics/permissions#permission-overwrites); a thread takes those of its channel. */
async function permissionsIn(
  rest: REST,
  userId: string,
  guildId: string,
  found: z.output<typeof place>,
): Promise<bigint> {
  const { roles } = guild.parse(await rest.get(Routes.guild(guildId)));
  const own = member.parse(await rest.get(Routes.guildMember(guildId, userId)));
  const isThread = found.thread_metadata !== undefined && found.parent_id;
  const parent = isThread ? place.parse(await rest.get(Routes.channel(found.parent_id ?? ''))) : found;
  const held = [guildId, ...own.roles];
  const base = roles.filter(({ id }) => held.includes(id)).reduce((sum, { permissions }) => sum | permissions, 0n);
  const groups = [
    parent.permission_overwrites.filter(({ id }) => id === guildId),
    parent.permission_overwrites.filter(({ id }) => own.roles.includes(id)),
    parent.permission_overwrites.filter(({ id }) => id === userId),
  ];
  return groups.reduce((sum, group) => {
    const denied = group.reduce((all, { deny }) => all | deny, 0n);
    const allowed = group.reduce((all, { allow }) => all | allow, 0n);
    return (sum & ~denied) | allowed;
  }, base);
}

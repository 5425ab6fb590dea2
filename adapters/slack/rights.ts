/** Who may change things in a workspace: named people, a user group, admins and owners; never guests, bots or strangers. */
import { z } from 'zod';
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Clock } from '../../src/ports.ts';
import { between, MINUTE } from '../../src/time.ts';
import { repeatable } from './client.ts';
import { SLACK, type Team } from './workspaces.ts';

/** Slack's lists are for asking seldom; a right that was taken away still counts for so long. */
const REMEMBERED = 3 * MINUTE;

const userSchema = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    is_admin: z.boolean().default(false),
    is_owner: z.boolean().default(false),
    is_primary_owner: z.boolean().default(false),
  }),
});

const groupsSchema = z.object({ usergroups: z.array(z.object({ id: z.string(), handle: z.string() })) });
const membersSchema = z.object({ users: z.array(z.string()) });

export interface RightsOptions {
  /** Ids with the adapter's name, such as `slack:U012AB3CD`. */
  readonly admins: readonly string[];
  /** Handle or id of a user group; absent for none. */
  readonly adminGroup?: string | undefined;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

export interface Rights {
  /** False when Slack cannot be asked. */
  isAdmin(team: Team, userId: string): Promise<boolean>;
  /** Who may, in words that end a sentence. */
  readonly words: string;
}

export function createRights({ admins, adminGroup, clock, log }: RightsOptions): Rights {
  const remembered = new Map<string, { readonly at: string; readonly answer: Promise<boolean> }>();

  const ask = async (team: Team, userId: string): Promise<boolean> => {
    const { user } = userSchema.parse(await repeatable(() => team.client.users.info({ user: userId })));
    const isOutside = user.is_stranger || (user.team_id !== undefined && user.team_id !== team.teamId);
    if (user.deleted || user.is_bot || user.is_restricted || user.is_ultra_restricted || isOutside) return false;
    if (admins.includes(`${SLACK}:${userId}`)) return true;
    if (user.is_admin || user.is_owner || user.is_primary_owner) return true;
    return adminGroup !== undefined && (await isMember(team, userId, adminGroup));
  };

  const isMember = async ({ client }: Team, userId: string, group: string): Promise<boolean> => {
    const name = group.replace(/^@/, '');
    const { usergroups } = groupsSchema.parse(await repeatable(() => client.usergroups.list()));
    const found = usergroups.find(({ id, handle }) => id === name || handle === name);
    if (found === undefined) {
      log.warn({ group: name }, 'SLACK_ADMIN_GROUP names no user group of this workspace');
      return false;
    }
    const { users } = membersSchema.parse(
      await repeatable(() => client.usergroups.users.list({ usergroup: found.id })),
    );
    return users.includes(userId);
  };

  return {
    words: [
      'someone named in ADMINS',
      ...(adminGroup ? [`a member of @${adminGroup.replace(/^@/, '')}`] : []),
      'or an admin or owner of this Slack workspace',
    ].join(', '),
    async isAdmin(team, userId) {
      const now = clock.now();
      const key = `${team.teamId} ${userId}`;
      const known = remembered.get(key);
      if (known && between(known.at, now) < REMEMBERED) return known.answer;
      const answer = ask(team, userId).catch((thrown: unknown) => {
        // Not remembered: the next press asks again.
        remembered.delete(key);
        log.warn({ reason: messageOf(thrown), user: userId }, 'Slack could not say whether someone is an admin');
        return false;
      });
      remembered.set(key, { at: now, answer });
      return answer;
    },
  };
}

import { Refusal } from '../refusal.ts';
import { type Methods, stringOf } from './caller.ts';

export const PEOPLE: Methods = {
  'auth.test': {
    run: (_, { team }) => ({
      url: `https://${team.id.toLowerCase()}.slack.example/`,
      team: team.name,
      user: team.users.get(team.botUserId)?.name ?? '',
      team_id: team.id,
      user_id: team.botUserId,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': { scope: 'team:read', run: (_, { team }) => ({ team: { id: team.id, name: team.name } }) },
  'users.info': {
    scope: 'users:read',
    run(args, { team }) {
      const user = team.users.get(stringOf(args, 'user'));
      if (user === undefined) throw new Refusal('user_not_found');
      return {
        user: {
          id: user.id,
          team_id: user.teamId,
          name: user.name,
          deleted: user.deleted,
          is_bot: user.isBot,
          // Slack leaves these out for deactivated people.
          ...(user.deleted
            ? {}
            : {
                is_admin: user.isAdmin,
                is_owner: user.isOwner,
                is_primary_owner: false,
                is_restricted: user.isRestricted,
                is_ultra_restricted: user.isUltraRestricted,
              }),
        },
      };
    },
  },
  'usergroups.list': {
    scope: 'usergroups:read',
    run: (_, { team }) => ({
      usergroups: [...team.groups].map(([id, { handle }]) => ({ id, handle, team_id: team.id })),
    }),
  },
  'usergroups.users.list': {
    scope: 'usergroups:read',
    run(args, { team }) {
      const group = team.groups.get(stringOf(args, 'usergroup'));
      if (group === undefined) throw new Refusal('no_such_subteam');
      return { users: group.members };
    },
  },
};

/** Routes of the bot itself, of guilds and of application commands. */
import { z } from 'zod';
import { type CommandBody, type CommandOption, checkCommands } from './command-limits.ts';
import { channelJson, guildJson, memberJson, rolesJson, userJson } from './payloads.ts';
import { permissionsIn } from './permissions.ts';
import { refuse } from './refusal.ts';
import { botOf, type Call, type Routes } from './router.ts';
import { type Guild, guildsOf, PUBLIC_THREAD, type StoredCommand } from './state.ts';

function ownGuild(call: Call, id = call.parts[0]): Guild {
  const guild = call.state.guilds.find((each) => each.id === id);
  if (guild === undefined) throw refuse('unknownGuild');
  if (!guild.members.has(botOf(call).user.id)) throw refuse('missingAccess');
  return guild;
}

function applicationJson(call: Call) {
  const { user } = botOf(call);
  return {
    id: user.id,
    name: user.username,
    description: '',
    icon: null,
    flags: 0,
    bot: userJson(user),
    bot_public: true,
  };
}

function commandJson(call: Call, command: StoredCommand) {
  const permissions = command.default_member_permissions;
  return {
    application_id: botOf(call).user.id,
    name_localizations: null,
    description_localizations: null,
    dm_permission: false,
    nsfw: false,
    integration_types: [0],
    contexts: null,
    ...command,
    default_member_permissions: permissions == null ? null : String(permissions),
    options: command.options?.map(sparse),
  };
}

/** Discord leaves out of its answers what is false or empty. */
function sparse(option: CommandOption): object {
  const { required, autocomplete, choices, options, ...rest } = option;
  return {
    ...rest,
    ...(required ? { required } : {}),
    ...(autocomplete ? { autocomplete } : {}),
    ...(choices?.length ? { choices } : {}),
    ...(options?.length ? { options: options.map(sparse) } : {}),
  };
}

function readCommands(call: Call, scope: string): object {
  return (botOf(call).commands.get(scope) ?? []).map((command) => commandJson(call, command));
}

/** A command keeps its id as long as its name stays (docs interactions/application-commands). */
function writeCommands(call: Call, scope: string): object {
  const bot = botOf(call);
  const before = bot.commands.get(scope) ?? [];
  const stored = checkCommands(call.body.json).map((command: CommandBody): StoredCommand => {
    const id = before.find(({ name }) => name === command.name)?.id ?? call.state.snowflake();
    return { ...command, id, version: call.state.snowflake() };
  });
  bot.commands.set(scope, stored);
  bot.commandWrites += 1;
  return readCommands(call, scope);
}

export const GUILD_ROUTES: Routes = {
  'GET /users/@me': (call) => userJson(botOf(call).user),
  'GET /users/@me/guilds': (call) => {
    const { user } = botOf(call);
    return guildsOf(call.state, botOf(call)).map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      owner: false,
      permissions: String(permissionsIn(guild, user.id)),
      features: [],
    }));
  },
  'GET /users/*': (call) => {
    const user = call.state.users.get(z.string().parse(call.parts[0]));
    if (user === undefined) throw refuse('unknownUser');
    return userJson(user);
  },
  'GET /applications/@me': applicationJson,
  'GET /oauth2/applications/@me': applicationJson,
  'GET /guilds/*': (call) => guildJson(ownGuild(call)),
  'GET /guilds/*/roles': (call) => rolesJson(ownGuild(call)),
  'GET /guilds/*/channels': (call) =>
    ownGuild(call)
      .channels.filter(({ type }) => type !== PUBLIC_THREAD)
      .map(channelJson),
  'GET /guilds/*/members/*': (call) => {
    const member = ownGuild(call).members.get(call.parts[1] ?? '');
    if (member === undefined) throw refuse('unknownMember');
    return memberJson(member);
  },
  'GET /applications/*/commands': (call) => readCommands(call, ''),
  'PUT /applications/*/commands': (call) => writeCommands(call, ''),
  'GET /applications/*/guilds/*/commands': (call) => readCommands(call, ownGuild(call, call.parts[1]).id),
  'PUT /applications/*/guilds/*/commands': (call) => writeCommands(call, ownGuild(call, call.parts[1]).id),
};

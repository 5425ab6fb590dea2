/** A small Slack on this machine, to which the real Bolt connects: Web API, Socket Mode, signed HTTP, and people. */
import { createFaults } from './faults.ts';
import { createPerson, eventOf, type Person } from './person.ts';
import { createSignedHttp } from './signed-http.ts';
import { createSocketMode } from './socket-mode.ts';
import {
  addTeam,
  addUser,
  createState,
  type Json,
  type SlackMessage,
  type SlackTeam,
  type SlackUser,
} from './state.ts';
import { createWebApi } from './web-api.ts';

/** Far more than any answer takes, far less than a hang. */
const PATIENCE = 15_000;

export async function startSlack() {
  const state = createState();
  const faults = createFaults();
  const api = createWebApi(state, faults, () => sockets.address());
  const sockets = createSocketMode(api.server, state, api.base);
  let overHttp: ReturnType<typeof createSignedHttp> | undefined;
  const send: typeof sockets.send = (type, payload, twice) => (overHttp ?? sockets).send(type, payload, twice);
  await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve));

  const happens = (team: SlackTeam, event: Json, { twice = false } = {}) =>
    send('events_api', eventOf(state, team, event), twice);
  const channelIn = (team: SlackTeam, id: string) => {
    const channel = team.channels.get(id);
    if (channel === undefined) throw new Error(`there is no channel ${id}`);
    return channel;
  };

  return {
    state,
    faults,
    sockets,
    calls: api.calls,
    violations: api.violations,
    appToken: state.appToken,
    signingSecret: state.signingSecret,
    apiUrl: () => `${api.base()}/api/`,
    /** From now on Slack sends signed requests to that address. */
    useHttp(address: string) {
      overHttp = createSignedHttp(state, address);
      return overHttp;
    },
    team: (id: string, name: string) => addTeam(state, id, name),
    person(team: SlackTeam, id: string, name: string, is: Partial<SlackUser> = {}): Person {
      return createPerson({ state, base: api.base, send }, team, addUser(team, id, name, is));
    },
    happens,
    /** Somebody invites the bot to a channel. */
    async invites(team: SlackTeam, channelId: string, { twice = false } = {}) {
      channelIn(team, channelId).members.add(team.botUserId);
      await happens(
        team,
        { type: 'member_joined_channel', user: team.botUserId, channel: channelId, team: team.id },
        { twice },
      );
    },
    async removes(team: SlackTeam, channelId: string) {
      channelIn(team, channelId).members.delete(team.botUserId);
      await happens(team, { type: 'channel_left', channel: channelId, actor_id: 'U1' });
    },
    async archives(team: SlackTeam, channelId: string) {
      channelIn(team, channelId).isArchived = true;
      await happens(team, { type: 'channel_archive', channel: channelId, user: 'U1' });
    },
    /** What everybody sees in a channel, in order. */
    messages: (team: SlackTeam, channelId: string): readonly SlackMessage[] =>
      channelIn(team, channelId).messages.filter(({ onlyFor }) => onlyFor === undefined),
    /** The same as text. */
    shown: (team: SlackTeam, channelId: string): string =>
      channelIn(team, channelId)
        .messages.filter(({ onlyFor }) => onlyFor === undefined)
        .map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`)
        .join('\n'),
    /** Resolves once it holds; rejects when it does not in time. */
    async until(holds: () => boolean, what = 'what was waited for'): Promise<void> {
      if (holds()) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const check = () => holds() && resolve();
      const timer = setTimeout(() => reject(new Error(`${what} did not happen`)), PATIENCE);
      const poll = setInterval(check, 20);
      state.onChange.add(check);
      try {
        await promise;
      } finally {
        clearTimeout(timer);
        clearInterval(poll);
        state.onChange.delete(check);
      }
    },
    async close() {
      sockets.close();
      api.server.closeAllConnections();
      await new Promise((resolve) => api.server.close(resolve));
    },
  };
}

export type SlackServer = Awaited<ReturnType<typeof startSlack>>;

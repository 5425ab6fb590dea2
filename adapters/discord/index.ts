/** The adapter for Discord: slash commands, buttons and forms in servers, digests in their channels. */
import { type Client, Events, PermissionFlagsBits } from 'discord.js';
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import { prefixed } from '../../src/command-prefix.ts';
import { AwayError, messageOf, RouteError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Channel } from '../../src/model.ts';
import { plural } from '../../src/plural.ts';
import type { Adapter, Clock } from '../../src/ports.ts';
import { SECOND } from '../../src/time.ts';
import { DISCORD } from './asker.ts';
import { connect, createClient } from './client.ts';
import { commandPayloads } from './commands.ts';
import { registerCommands } from './deploy.ts';
import { startError, worldError } from './failure.ts';
import { knowGuilds, watchGuilds } from './guilds.ts';
import { createInteractions } from './interactions.ts';
import { inviteLink } from './invite.ts';
import { findChannel, postCard, resumeCard } from './post.ts';
import { renderCard } from './render.ts';
import { reviseCard } from './revise.ts';
import { holds, missingForPosts, missingSentence } from './rights.ts';
import { createSender, payloadOf, RETRY_PAUSES } from './sender.ts';
import type { DiscordSettings } from './settings.ts';

/** What is being answered or sent at a stop gets this long to end. */
const GRACE = 5 * SECOND;

export interface DiscordOptions extends DiscordSettings {
  /** Users that ADMINS names, as `discord:<id>`. */
  readonly admins: readonly string[];
  /** Put before the names of the commands. */
  readonly prefix: string;
  /** The zone of servers until a channel chooses its own, an IANA name. */
  readonly timeZone: string;
  readonly host: AdapterHost;
  readonly log: Log;
  readonly clock: Clock;
  /** Pauses, in milliseconds, before a message is sent again; tests shorten them. */
  readonly retryPauses?: readonly number[];
}

/** What runs between a start and a stop. */
interface Running {
  readonly client: Client;
  /** Set once messages can be posted. */
  ready?: Client<true>;
  readonly started: Promise<string>;
  readonly abort: () => void;
  settled(): Promise<void>;
}

export function createDiscordAdapter(options: DiscordOptions): Adapter {
  const { token, apiUrl, prefix, host, log, retryPauses = RETRY_PAUSES } = options;
  const sender = createSender(log, retryPauses);
  let running: Running | undefined;

  const connected = (): Client<true> => {
    if (running?.ready === undefined) throw new AwayError('Discord is not connected at the moment.');
    return running.ready;
  };
  const posting = () => ({ client: connected(), sender, host, log, prefix });
  const post = async (channel: Channel, card: Card, key: string): Promise<string> =>
    postCard(posting(), channel, card, key);

  const tell = async (_workspaceId: string, userId: string, card: Card): Promise<void> => {
    const client = connected();
    try {
      const direct = await client.users.createDM(userId.replace(`${DISCORD}:`, ''));
      const messages = renderCard(prefixed(card, prefix), { kept: new Map(), buttonsUnder: 'last', isPlain: true });
      for (const message of messages) await direct.send(payloadOf(message));
    } catch (thrown) {
      throw worldError(thrown);
    }
  };

  const begin = (): Running => {
    const client = createClient(apiUrl, log);
    const aborting = new AbortController();
    const interactions = createInteractions({ ...options, post, tell });
    const followed = new Set<Promise<void>>();
    const track = (work: Promise<void>) => {
      followed.add(work);
      void work.finally(() => followed.delete(work));
    };
    const guilds = { client, host, log, timeZone: options.timeZone, post };
    client.on(Events.InteractionCreate, interactions.take);
    watchGuilds(guilds, track);

    const start = async (): Promise<string> => {
      const ready = await connect(client, token, aborting.signal);
      if (running?.client === client) running.ready = ready;
      await register(ready);
      await knowGuilds(guilds);
      return whereItIs(ready);
    };
    const started = start().catch(async (thrown: unknown) => {
      if (running?.client === client) running = undefined;
      await client.destroy();
      throw startError(thrown);
    });
    return {
      client,
      started,
      abort: () => aborting.abort(),
      settled: async () => {
        await Promise.all([interactions.settled(), sender.settled(), ...followed]);
      },
    };
  };

  /** What goes wrong with the registration keeps nobody from getting a digest. */
  const register = async ({ rest, application }: Client<true>): Promise<void> => {
    try {
      await registerCommands(rest, application.id, commandPayloads(host.commands, prefix));
    } catch (thrown) {
      log.error({ reason: messageOf(thrown) }, 'the commands could not be registered; npm run deploy tries again');
    }
  };

  return {
    name: DISCORD,
    start() {
      running ??= begin();
      return running.started;
    },
    async stop() {
      const stopping = running;
      if (stopping === undefined) return;
      running = undefined;
      stopping.abort();
      await Promise.race([stopping.settled(), new Promise((resolve) => setTimeout(resolve, GRACE).unref())]);
      await stopping.client.destroy();
    },
    post,
    resume: async (channel, card, key, since) => resumeCard(posting(), channel, card, { key, since }),
    revise: async (channel, messageRef, card, key) => reviseCard(posting(), channel, { messageRef, key, card }),
    linkTo: ({ workspaceId, id }, messageRef) =>
      `https://discord.com/channels/${workspaceId.replace(`${DISCORD}:`, '')}/${id}/${messageRef}`,
    tell,
    async obstacle(channel) {
      try {
        const found = await findChannel(connected(), channel);
        const { me } = found.guild.members;
        const held = me === null ? null : found.permissionsFor(me);
        const missing = missingForPosts(held, found.isThread());
        if (missing.length > 0) return missingSentence(missing, 'this channel');
        const isLocked = found.isThread() && found.locked && !holds(held, PermissionFlagsBits.ManageThreads);
        return isLocked ? 'The thread is locked; unlock it, or set the digest up in a channel.' : undefined;
      } catch (thrown) {
        if (thrown instanceof RouteError) return thrown.message;
        throw worldError(thrown);
      }
    },
  };
}

function whereItIs({ guilds, application }: Client<true>): string {
  const link = inviteLink(application.id);
  const count = guilds.cache.size;
  return count === 0
    ? `on, and in no server yet. Bring it to one: ${link}`
    : `on in ${plural(count, 'server')}. Bring it to another: ${link}`;
}

/** The connection to Discord: the intent `Guilds` alone, no pings, and no message stored twice by the client's own repeats. */
import { Client, Events, GatewayIntentBits, Options, REST, type RESTOptions } from 'discord.js';
import { messageOf, WorldError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { closeSentence } from './failure.ts';

/** A guild in an outage does not hold up the start for longer. */
const GUILDS_WAIT = 5_000;
const LONGEST_START = 30_000;

function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, '') };
}

/** For what needs no gateway: registering commands, and the doctor. */
export function createRest(token: string, apiUrl: string | undefined): REST {
  return new REST({ version: '10', ...restOptions(apiUrl) }).setToken(token);
}

/** A client that is not connected yet; nothing that goes wrong with its connection ends the process. */
export function createClient(apiUrl: string | undefined, log: Log): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    enforceNonce: true,
    waitGuildTimeout: GUILDS_WAIT,
    // A press brings its message along, and nothing else is looked up.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
    rest: restOptions(apiUrl),
  });
  client.on(Events.Error, (error) => log.warn({ reason: messageOf(error) }, 'the Discord client had an error'));
  client.on(Events.ShardError, (error) =>
    log.warn({ reason: messageOf(error) }, 'the connection to Discord had an error; it is made again'),
  );
  client.on(Events.ShardReconnecting, () => log.info({}, 'the connection to Discord was lost and is made again'));
  client.on(Events.ShardDisconnect, ({ code }) => {
    // 1000 is our own goodbye.
    if (code !== 1000) log.error({ code }, closeSentence(code));
  });
  client.rest.on('rateLimited', ({ route, retryAfter }) =>
    log.debug({ route, milliseconds: retryAfter }, 'Discord asks to wait'),
  );
  return client;
}

/**
 * Connects and waits until all guilds are known. Throws what the client throws, and WorldError after half a minute or
 * when the signal aborts.
 */
export async function connect(client: Client, token: string, signal: AbortSignal): Promise<Client<true>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const give = (why: string) => () => reject(new WorldError(why));
    timer = setTimeout(give('Discord does not let the bot in within 30 s.'), LONGEST_START);
    signal.addEventListener('abort', give('Discord was stopped before it was on.'), { once: true });
  });
  try {
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    // What is thrown after the race is lost is thrown by a client that is destroyed by then.
    const login = client.login(token).then(() => ready);
    login.catch(() => {});
    return await Promise.race([login, late]);
  } finally {
    clearTimeout(timer);
  }
}

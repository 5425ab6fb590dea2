/** Keeps the socket of Socket Mode open. */
import { setTimeout } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { messageOf, WorldError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { SECOND } from '../../src/time.ts';

/** Slack says hello at once; a connection without it is none. */
const HELLO_LIMIT = 15 * SECOND;
/** Closing can take Bolt long; nobody waits for it at a stop. */
const CLOSE_LIMIT = 2 * SECOND;
const LONGEST_PAUSE = 30 * SECOND;

export interface SocketOptions {
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Milliseconds before another try to connect, doubled after each; 1 s where absent. */
  readonly pause?: number | undefined;
}

export interface Socket {
  /** Resolves once Slack has said hello; throws what the client throws. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A lost socket is opened again at once, then with growing pauses for as long as it takes. Bolt's own reconnecting is off: a
 * Slack that cannot be reached at that moment ends the process, and each change of sockets leaves seconds without one.
 */
export function keepOpen(client: SocketModeReceiver['client'], { log, pause = SECOND }: SocketOptions): Socket {
  let isWanted = false;
  let isOpen = false;
  let isReconnecting = false;
  let stopping = new AbortController();

  const connect = async (): Promise<void> => {
    const hello = client.start();
    const limit = setTimeout(HELLO_LIMIT, undefined, { ref: false }).then(() => {
      throw new WorldError('Slack did not answer in time.');
    });
    // Whichever comes second has nobody left to tell.
    hello.catch(() => undefined);
    limit.catch(() => undefined);
    try {
      await Promise.race([hello, limit]);
    } catch (thrown) {
      void client.disconnect();
      // The client rejects with nothing when the socket closes before the hello.
      throw thrown ?? new WorldError('Slack closed the connection before it was open.');
    }
  };

  const reconnect = async (): Promise<void> => {
    isReconnecting = true;
    for (let failures = 0; isWanted && !isOpen; failures++) {
      try {
        await connect();
        // It was asked to close while Slack gave out the address.
        if (!isWanted) void client.disconnect();
        else if (failures > 0) log.warn({ failures }, 'the connection to Slack is back');
      } catch (thrown) {
        const wait = Math.min(pause * 2 ** failures, LONGEST_PAUSE);
        const facts = { reason: messageOf(thrown), nextTryInMilliseconds: wait };
        if (failures === 0) log.warn(facts, 'the connection to Slack is lost; it is tried again until it is back');
        else log.info(facts, 'the connection to Slack is still lost');
        await setTimeout(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      }
    }
    isReconnecting = false;
  };

  client.on('connected', () => {
    isOpen = true;
  });
  client.on('disconnected', () => {
    isOpen = false;
    if (isWanted && !isReconnecting) void reconnect();
  });

  return {
    async open() {
      await connect();
      stopping = new AbortController();
      isWanted = true;
      // It may have been lost between the hello and now.
      if (!isOpen && !isReconnecting) void reconnect();
    },
    async close() {
      isWanted = false;
      stopping.abort();
      const limit = setTimeout(CLOSE_LIMIT, undefined, { ref: false });
      await Promise.race([client.disconnect(), limit]);
    },
  };
}

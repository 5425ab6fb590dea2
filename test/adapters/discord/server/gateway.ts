/** The gateway: HELLO, IDENTIFY, heartbeats, RESUME with what was missed, and every way to lose a connection. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { guildCreateJson, userJson } from './payloads.ts';
import { type Bot, guildsOf, type State } from './state.ts';

/** Members, presences and message content (docs events/gateway#privileged-intents). */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

const DISPATCH = 0;
const HEARTBEAT = 1;
const IDENTIFY = 2;
const RESUME = 6;
const RECONNECT = 7;
const INVALID_SESSION = 9;
const HELLO = 10;
const ACKNOWLEDGED = 11;

const packet = z.object({ op: z.number(), d: z.unknown() });
const identify = z.object({ token: z.string(), intents: z.number() });
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.number() });

interface Session {
  readonly id: string;
  readonly bot: Bot;
  readonly events: { readonly s: number; readonly t: string; readonly d: object }[];
  socket: WebSocket | undefined;
}

export interface Gateway {
  /** Sends an event to each session of a bot; kept for those that are away. */
  dispatch(bot: Bot, type: string, data: object): void;
  /** From now on each event is delivered twice. */
  repeatEvents(isOn: boolean): void;
  /** Ends every connection at once, without a close frame. */
  drop(): void;
  /** Closes every connection with a code. */
  close(code: number): void;
  /** Asks every client to connect again and to resume (op 7). */
  askToReconnect(): void;
  /** From now on each IDENTIFY is answered with this closing code. */
  refuseWith(code: number): void;
  /** Tells every client that its session is over (op 9). */
  invalidate(): void;
  /** From now on heartbeats are not acknowledged. */
  silence(isOn: boolean): void;
  /** Forgets a bot's session, so that it cannot be resumed. */
  forget(bot: Bot): void;
  /** Every connection so far, in order. */
  readonly connections: ('identify' | 'resume')[];
  /** The intents of the last IDENTIFY. */
  intents(): number;
  isConnected(bot: Bot): boolean;
  /** Milliseconds that HELLO asks for. */
  heartbeatEvery(milliseconds: number): void;
  shut(): void;
}

export function createGateway(server: Server, state: State, address: () => string): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions: Session[] = [];
  const connections: ('identify' | 'resume')[] = [];
  let isRepeating = false;
  let isSilent = false;
  let interval = 41_250;
  let intents = 0;
  let refusal: number | undefined;

  const emit = (session: Session, type: string, data: object): void => {
    const event = { s: session.events.length + 1, t: type, d: data };
    session.events.push(event);
    write(session.socket, { op: DISPATCH, ...event });
  };

  const onIdentify = (socket: WebSocket, data: unknown): void => {
    const found = identify.parse(data);
    const bot = state.bots.find(({ token }) => token === found.token);
    if (bot === undefined) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    intents = found.intents;
    if (refusal !== undefined) {
      socket.close(refusal);
      return;
    }
    if (found.intents & PRIVILEGED & ~bot.privileged) {
      socket.close(4014, 'Disallowed intent(s).');
      return;
    }
    connections.push('identify');
    const session: Session = { id: state.snowflake(), bot, events: [], socket };
    sessions.push(session);
    const guilds = guildsOf(state, bot);
    emit(session, 'READY', {
      v: 10,
      user: userJson(bot.user),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: address().replace('http', 'ws'),
      application: { id: bot.user.id, flags: 0 },
      shard: [0, 1],
      session_type: 'normal',
      private_channels: [],
      presences: [],
    });
    for (const guild of guilds) {
      if (!guild.isUnavailable) emit(session, 'GUILD_CREATE', guildCreateJson(guild, bot));
    }
  };

  const onResume = (socket: WebSocket, data: unknown): void => {
    const found = resume.parse(data);
    const session = sessions.find(({ id, bot }) => id === found.session_id && bot.token === found.token);
    if (session === undefined) {
      write(socket, { op: INVALID_SESSION, d: false });
      return;
    }
    connections.push('resume');
    session.socket = socket;
    for (const event of session.events.filter(({ s }) => s > found.seq)) write(socket, { op: DISPATCH, ...event });
    emit(session, 'RESUMED', {});
  };

  sockets.on('connection', (socket) => {
    write(socket, { op: HELLO, d: { heartbeat_interval: interval } });
    socket.on('message', (text) => {
      const { op, d } = packet.parse(JSON.parse(String(text)));
      if (op === HEARTBEAT && !isSilent) write(socket, { op: ACKNOWLEDGED });
      if (op === IDENTIFY) onIdentify(socket, d);
      if (op === RESUME) onResume(socket, d);
    });
    socket.on('close', (code) => {
      const at = sessions.findIndex((each) => each.socket === socket);
      const session = sessions[at];
      if (session === undefined) return;
      session.socket = undefined;
      // These two end a session for good (docs events/gateway#initiating-a-disconnect).
      if (code === 1000 || code === 1001) sessions.splice(at, 1);
    });
  });

  const connected = () => sessions.flatMap(({ socket }) => socket ?? []);
  return {
    dispatch(bot, type, data) {
      for (const session of sessions.filter((each) => each.bot === bot)) {
        emit(session, type, data);
        if (isRepeating) emit(session, type, data);
      }
    },
    repeatEvents: (isOn) => {
      isRepeating = isOn;
    },
    drop: () => {
      for (const socket of connected()) socket.terminate();
    },
    close: (code) => {
      for (const socket of connected()) socket.close(code);
    },
    askToReconnect: () => {
      for (const socket of connected()) write(socket, { op: RECONNECT, d: null });
    },
    refuseWith: (code) => {
      refusal = code;
    },
    invalidate: () => {
      for (const session of sessions.splice(0)) write(session.socket, { op: INVALID_SESSION, d: false });
    },
    silence: (isOn) => {
      isSilent = isOn;
    },
    forget: (bot) => {
      for (const session of sessions.filter((each) => each.bot === bot)) sessions.splice(sessions.indexOf(session), 1);
    },
    connections,
    intents: () => intents,
    isConnected: (bot) => sessions.some((each) => each.bot === bot && each.socket !== undefined),
    heartbeatEvery: (milliseconds) => {
      interval = milliseconds;
    },
    shut: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function write(socket: WebSocket | undefined, data: object): void {
  if (socket?.readyState === 1) socket.send(JSON.stringify(data));
}

/** Socket Mode: sends envelopes to one of the open sockets, measures acknowledgements, and sends events again that got none. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json, State } from './state.ts';

/** What became of an envelope. */
export interface Acknowledged {
  /** Milliseconds from sending to the acknowledgement. */
  readonly delay: number;
  readonly payload?: Json;
}

export interface SocketMode {
  /** The address of a new connection. */
  address(): string;
  readonly open: () => number;
  /** Sends to one socket; rejects with `dispatch_failed` when there is none or it is lost before it acknowledges. */
  send(type: 'slash_commands' | 'interactive' | 'events_api', payload: Json, twice?: boolean): Promise<Acknowledged>;
  /** Tells every socket to open another, or cuts them without a word. */
  disconnect(how: 'refresh_requested' | 'warning' | 'cut'): void;
  close(): void;
}

export function createSocketMode(server: Server, state: State, base: () => string): SocketMode {
  const sockets = new Set<WebSocket>();
  const waiting = new Map<string, (payload: Json | undefined) => void>();
  const acceptor = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/link')) return socket.destroy();
    acceptor.handleUpgrade(request, socket, head, (opened) => {
      sockets.add(opened);
      opened.on('close', () => {
        sockets.delete(opened);
        state.changed();
      });
      opened.on('error', () => opened.terminate());
      opened.on('message', (data) => {
        const { envelope_id, payload } = JSON.parse(String(data));
        waiting.get(envelope_id)?.(payload);
      });
      opened.send(
        JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A0TEST' } }),
      );
      state.changed();
    });
  });

  const deliver = (type: string, payload: Json, retry: number): Promise<Acknowledged> => {
    const [socket] = [...sockets].filter(({ readyState }) => readyState === 1);
    if (socket === undefined) return Promise.reject(new Error('dispatch_failed'));
    const envelope = state.newId('E');
    const sentAt = performance.now();
    const acknowledged = new Promise<Acknowledged>((resolve, reject) => {
      const lost = () => reject(new Error('dispatch_failed'));
      const timer = setTimeout(lost, 3_000);
      socket.once('close', lost);
      waiting.set(envelope, (answer) => {
        clearTimeout(timer);
        socket.off('close', lost);
        resolve({ delay: performance.now() - sentAt, ...(answer ? { payload: answer } : {}) });
      });
    });
    const events = type === 'events_api' ? { retry_attempt: retry, retry_reason: retry > 0 ? 'timeout' : '' } : {};
    socket.send(
      JSON.stringify({
        envelope_id: envelope,
        type,
        payload,
        accepts_response_payload: type !== 'events_api',
        ...events,
      }),
    );
    return acknowledged.finally(() => waiting.delete(envelope));
  };

  /** Slack sends an event that was not acknowledged again; commands and clicks it does not. */
  const deliverEvent = async (payload: Json): Promise<Acknowledged> => {
    for (let retry = 0; ; retry++) {
      try {
        return await deliver('events_api', payload, retry);
      } catch (thrown) {
        if (retry === 3) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, 500 * (retry + 1)));
      }
    }
  };

  return {
    address: () => `${base().replace('http', 'ws')}/link/?ticket=${state.newId('T')}`,
    open: () => sockets.size,
    async send(type, payload, twice = false) {
      const once = () => (type === 'events_api' ? deliverEvent(payload) : deliver(type, payload, 0));
      const first = once();
      if (twice) await Promise.all([first, once()]);
      return first;
    },
    disconnect(how) {
      for (const socket of sockets) {
        if (how === 'cut') socket.terminate();
        else socket.send(JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'test' } }));
      }
    },
    close() {
      for (const socket of sockets) socket.terminate();
      acceptor.close();
    },
  };
}

/** The HTTP side: token, planned faults, OpenAPI check, handler, and what the requests were. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { ZodError } from 'zod';
import { CHANNEL_ROUTES } from './channel-routes.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { GUILD_ROUTES } from './guild-routes.ts';
import { INTERACTION_ROUTES } from './interaction-routes.ts';
import { openApiCheck } from './openapi.ts';
import { Refusal, refuse } from './refusal.ts';
import { type RequestBody, readBody } from './request-body.ts';
import { type Call, findHandler, type Routes } from './router.ts';
import type { State } from './state.ts';

const BASE = '/api/v10';

interface SeenRequest {
  readonly method: string;
  /** Without the base and the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

export interface Rest {
  readonly server: Server;
  readonly faults: Faults;
  /** Answered requests, in the order of their answers; status 0 is an answer that was lost. */
  readonly seen: SeenRequest[];
  /** Bodies that do not fit Discord's OpenAPI document, in words. */
  readonly violations: string[];
  /** Requests that are being worked on. */
  readonly open: () => number;
}

interface Options {
  readonly state: State;
  readonly address: () => string;
  readonly dispatch: Call['dispatch'];
}

export function createRest({ state, address, dispatch }: Options): Rest {
  const faults = createFaults();
  const seen: SeenRequest[] = [];
  const violations: string[] = [];
  const bodyFault = openApiCheck();
  const gateway: Routes = {
    'GET /gateway/bot': () => ({
      url: address().replace('http', 'ws'),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 16 },
    }),
  };
  const routes: Routes = { ...gateway, ...CHANNEL_ROUTES, ...GUILD_ROUTES, ...INTERACTION_ROUTES };
  let working = 0;

  const work = (request: IncomingMessage, body: RequestBody, url: URL): object | undefined => {
    const path = url.pathname.slice(BASE.length);
    const method = request.method ?? 'GET';
    const token = /^Bot (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const bot = state.bots.find((each) => each.token === token);
    const isOpen = /^\/(interactions|webhooks)\//.test(path);
    if (bot === undefined && !isOpen) throw refuse('unauthorized');
    const found = findHandler(routes, method, path);
    if (found === undefined) throw refuse('notFound');
    const wrong = body.json === undefined ? undefined : bodyFault(method, path, body.json);
    if (wrong !== undefined) {
      violations.push(wrong);
      throw new Refusal(400, 50035, `OpenAPI: ${wrong}`);
    }
    return found.handler({
      state,
      address: address(),
      bot,
      parts: found.parts,
      query: url.searchParams,
      body,
      dispatch,
    });
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const path = url.pathname.slice(BASE.length);
    if (!url.pathname.startsWith(BASE)) {
      const file = state.attached.get(url.pathname);
      if (file) response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(file.content);
      else send(response, 404, {});
      return;
    }
    const body = await readBody(request);
    const note = (status: number) => seen.push({ method, path, body: body.json, status });
    const fault = faults.take(method, path);
    if (fault?.kind === 'delay') await setTimeout(fault.milliseconds);
    const early = fault && beforeWork(fault, response);
    if (early !== undefined) {
      note(early);
      return;
    }
    const [status, answer] = outcomeOf(() => work(request, body, url));
    if (fault?.kind === 'answer lost') {
      note(0);
      request.socket.destroy();
    } else if (fault?.kind === 'status after work') {
      note(fault.status);
      send(response, fault.status, { message: 'a fault after the work' });
    } else {
      note(status);
      send(response, status, answer);
    }
  };

  const server = createServer((request, response) => {
    working += 1;
    respond(request, response)
      .catch((thrown: unknown) => {
        violations.push(`the server failed at ${request.method} ${request.url}: ${String(thrown)}`);
        if (!response.headersSent) send(response, 500, { message: String(thrown) });
      })
      .finally(() => {
        working -= 1;
      });
  });
  return { server, faults, seen, violations, open: () => working };
}

/** Answers, or cuts, without any work; returns the status, or undefined where the work goes on. */
function beforeWork(fault: Fault, response: ServerResponse): number | undefined {
  if (fault.kind === 'cut before work') {
    response.socket?.destroy();
    return 0;
  }
  if (fault.kind === 'status') {
    send(response, fault.status, { code: fault.code ?? 0, message: fault.message ?? `${fault.status}` });
    return fault.status;
  }
  if (fault.kind !== 'rate limit') return undefined;
  const { retryAfter, isGlobal = false } = fault;
  response.setHeader('Retry-After', String(Math.ceil(retryAfter)));
  response.setHeader('X-RateLimit-Scope', isGlobal ? 'global' : 'user');
  if (isGlobal) response.setHeader('X-RateLimit-Global', 'true');
  response.setHeader('X-RateLimit-Limit', '5');
  response.setHeader('X-RateLimit-Remaining', '0');
  response.setHeader('X-RateLimit-Reset-After', String(retryAfter));
  response.setHeader('X-RateLimit-Bucket', 'abcd1234');
  send(response, 429, { message: 'You are being rate limited.', retry_after: retryAfter, global: isGlobal });
  return 429;
}

function outcomeOf(work: () => object | undefined): readonly [status: number, answer: object | undefined] {
  try {
    const answer = work();
    return [answer === undefined ? 204 : 200, answer];
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      const { status, code, message, errors } = thrown;
      return [status, { code, message, ...(errors ? { errors } : {}) }];
    }
    if (!(thrown instanceof ZodError)) throw thrown;
    return [400, { code: 50035, message: 'Invalid Form Body', errors: { _errors: thrown.issues } }];
  }
}

function send(response: ServerResponse, status: number, answer: object | undefined): void {
  // An answer without content must not name a type of it.
  if (answer === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

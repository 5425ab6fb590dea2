/** The Web API over HTTP: tokens, scopes, form and JSON bodies, faults, files, and answers to interactions. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Call, Fault, Faults } from './faults.ts';
import type { Caller, Methods } from './methods/caller.ts';
import { CHAT } from './methods/chat.ts';
import { CONVERSATIONS } from './methods/conversations.ts';
import { FILES } from './methods/files.ts';
import { PEOPLE } from './methods/people.ts';
import { VIEWS } from './methods/views.ts';
import { checkMessage } from './payload-limits.ts';
import { Refusal } from './refusal.ts';
import type { Json, State } from './state.ts';

const METHODS: Methods = { ...CHAT, ...CONVERSATIONS, ...FILES, ...PEOPLE, ...VIEWS };
const MOST_RESPONSES = 5;
/** What Slack calls messages and views that are none: a fault of the app, never of a person. */
const MALFORMED = /^(invalid_blocks|invalid_arguments|msg_too_long|msg_blocks_too_long|no_text|view_too_large)$/;

export interface WebApi {
  readonly server: Server;
  /** The base address, without a slash at its end. */
  base(): string;
  /** Every call so far, in order. */
  readonly calls: Call[];
  /** What was refused as malformed, in Slack's words. */
  readonly violations: string[];
}

/** `openSocket` gives an address for a new Socket Mode connection. */
export function createWebApi(state: State, faults: Faults, openSocket: () => string): WebApi {
  const calls: Call[] = [];
  const violations: string[] = [];
  const note = (what: string, { code, extra }: Refusal) => {
    if (MALFORMED.test(code)) violations.push(`${what}: ${code} ${JSON.stringify(extra)}`);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((thrown: unknown) => response.writeHead(500).end(String(thrown)));
  });
  const base = () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}`;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    if (path.startsWith('/api/')) return api(path.slice('/api/'.length), request, body, response);
    if (path.startsWith('/upload/')) return upload(path, body, response);
    if (path.startsWith('/files-pri/')) return download(path, request, response);
    if (path.startsWith('/signin')) calls.push({ method: 'signin', args: {} });
    if (path.startsWith('/respond/')) return respond(path.slice('/respond/'.length), body, response);
    response.writeHead(404).end();
  }

  async function api(method: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const args = argumentsOf(request, body);
    const asked = { method, args };
    calls.push(asked);
    const fault = faults.take(asked);
    if (fault && (await failBefore(fault, request, response))) return;
    const token = String(args.token ?? (request.headers.authorization ?? '').replace(/^Bearer /, ''));
    const { token: _, ...rest } = args;
    const { answer, scopes } = fault?.kind === 'refuse' ? refused(fault.code) : run(method, token, rest);
    state.changed();
    const headers = { 'content-type': 'application/json', ...(scopes ? { 'x-oauth-scopes': scopes.join(',') } : {}) };
    finish(fault, JSON.stringify(answer), headers, request, response);
  }

  /** Faults that let no work be done; true when the call ended with it. */
  async function failBefore(fault: Fault, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'cut':
        request.socket.destroy();
        return true;
      case 'limited':
        response.writeHead(429, { 'retry-after': String(fault.seconds) }).end();
        return true;
      case 'status':
        response.writeHead(fault.status).end();
        return true;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
        return false;
      default:
        return false;
    }
  }

  /** The answer, or what the fault makes of it now that the work is done. */
  function finish(
    fault: Fault | undefined,
    text: string,
    headers: Readonly<Record<string, string>>,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    switch (fault?.kind) {
      case 'answer lost':
        request.socket.destroy();
        return;
      case 'done, then 500':
        response.writeHead(500).end();
        return;
      case 'answer halved':
        response.writeHead(200, { ...headers, 'content-length': String(text.length) });
        response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
        return;
      default:
        response.writeHead(200, headers).end(text);
    }
  }

  function refused(code: string): { answer: Json; scopes?: readonly string[] } {
    return { answer: { ok: false, error: code } };
  }

  function run(method: string, token: string, args: Json): { answer: Json; scopes?: readonly string[] } {
    if (method === 'apps.connections.open') return openConnection(token);
    const team = [...state.teams.values()].find((each) => each.botToken === token);
    if (team === undefined) return refused(token.startsWith('xapp-') ? 'not_allowed_token_type' : 'invalid_auth');
    if (team.isTokenRevoked) return refused('account_inactive');
    try {
      return { answer: { ok: true, ...call(method, args, { state, team, base: base() }) }, scopes: team.scopes };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      note(method, thrown);
      return { answer: { ok: false, error: thrown.code, ...thrown.extra }, scopes: team.scopes };
    }
  }

  function call(method: string, args: Json, caller: Caller): Json {
    const found = METHODS[method];
    if (found === undefined) throw new Refusal('unknown_method');
    const scope = typeof found.scope === 'function' ? found.scope(args, caller) : found.scope;
    if (scope && !caller.team.scopes.includes(scope)) {
      throw new Refusal('missing_scope', { needed: scope, provided: caller.team.scopes.join(',') });
    }
    return found.run(args, caller);
  }

  function openConnection(token: string): { answer: Json } {
    if (token !== state.appToken) return refused(token.startsWith('xoxb-') ? 'not_allowed_token_type' : 'invalid_auth');
    return { answer: { ok: true, url: openSocket() } };
  }

  function upload(path: string, body: Buffer, response: ServerResponse): void {
    const [, , teamId = '', fileId = ''] = path.split('/');
    const file = state.teams.get(teamId)?.files.get(fileId);
    if (file) file.content = body.toString();
    response.writeHead(file ? 200 : 404).end(file ? 'OK' : '');
  }

  /** A file, to whoever may read files; anybody else is led to the page to sign in. */
  async function download(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , teamId = '', fileId = ''] = path.split('/');
    const asked = { method: 'download', args: { file: fileId } };
    calls.push(asked);
    const fault = faults.take(asked);
    if (fault && (await failBefore(fault, request, response))) return;
    if (fault?.kind === 'refuse')
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Sign in</p>');
    const team = state.teams.get(teamId);
    const mayRead = team?.scopes.includes('files:read') && request.headers.authorization === `Bearer ${team.botToken}`;
    if (!mayRead) return void response.writeHead(302, { location: `${base()}/signin` }).end();
    const file = team?.files.get(fileId);
    response.writeHead(file ? 200 : 404, { 'content-type': 'application/octet-stream' }).end(file?.content);
  }

  function respond(id: string, body: Buffer, response: ServerResponse): void {
    const address = state.responses.get(id);
    const answer: Json = JSON.parse(body.toString());
    calls.push({ method: 'response_url', args: answer });
    const fault = faults.take({ method: 'response_url', args: answer });
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end();
    if (address === undefined) return void response.writeHead(404).end('expired_url');
    if (address.answers.length >= MOST_RESPONSES) return void response.writeHead(404).end('used_url');
    try {
      checkMessage(answer);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      note('response_url', thrown);
      response.writeHead(400).end(JSON.stringify({ ok: false, error: thrown.code, ...thrown.extra }));
      return;
    }
    address.answers.push(answer);
    state.changed();
    response.writeHead(200).end('ok');
  }

  return { server, base, calls, violations };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

/** The arguments of a call: JSON as it is, form fields as text or the JSON they hold. */
function argumentsOf({ headers }: IncomingMessage, body: Buffer): Record<string, unknown> {
  if (headers['content-type']?.startsWith('application/json')) return JSON.parse(body.toString() || '{}');
  const fields = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(fields.map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]));
}

/** The web page of the local adapter: lookups in a browser on this machine, and a health check. It changes nothing. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Bot } from '../../src/bot.ts';
import type { User } from '../../src/command.ts';
import { UserError } from '../../src/errors.ts';
import { type Health, healthAnswer } from '../../src/health.ts';
import type { Log } from '../../src/log.ts';
import type { Channel, Workspace } from '../../src/model.ts';
import type { Pushes } from '../../src/push.ts';
import { HEADERS, renderPage } from './web-frame.ts';
import { answerHub, isForHubs } from './web-hub.ts';
import { renderArticle } from './web-render.ts';

/** Only this machine can ask. */
const HOST = '127.0.0.1';

/** Never an admin: any page in the same browser could send a request here. */
const VISITOR: User = {
  id: 'local:web',
  name: 'the web page',
  isAdmin: async () => false,
  onlyLooks: true,
  admins: 'the person at the terminal: this page changes nothing',
};

/** Answers under way at a stop get this long. */
const GRACE_MS = 1_000;

export interface WebPageOptions {
  readonly bot: Pick<Bot, 'handle'>;
  readonly workspace: Workspace;
  /** The channel whose digest is shown. */
  readonly channel: Channel;
  /** 0 takes any free port. */
  readonly port: number;
  readonly health: () => Promise<Health>;
  readonly log: Pick<Log, 'error'>;
  /** Answers hubs that tell of news, under /websub/; absent where the page cannot be reached from outside. */
  readonly pushes?: Pick<Pushes, 'answer'>;
  /** A word shown on every page; absent for none. */
  readonly banner?: string;
}

/** A server of its own beside the terminal. */
export interface WebPage {
  /** Resolves with the address once it can be asked. Throws UserError when the port cannot be had. */
  start(): Promise<string>;
  stop(): Promise<void>;
}

/** Nothing listens before `start`. */
export function createWebPage(options: WebPageOptions): WebPage {
  let server: Server | undefined;
  return {
    async start() {
      server ??= await listen(options);
      return `http://${HOST}:${portOf(server)}/`;
    },
    async stop() {
      const ending = server;
      server = undefined;
      if (ending === undefined) return;
      const closed = once(ending, 'close');
      ending.close();
      const timer = setTimeout(() => ending.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(timer);
    },
  };
}

async function listen(options: WebPageOptions): Promise<Server> {
  const { port, log } = options;
  const server = createServer((request, response) => {
    answer(options, request, response).catch((thrown: unknown) => {
      log.error({ err: thrown, path: request.url }, 'a web page could not be made');
      if (response.headersSent) response.destroy();
      else send(response, 500, 'text/plain', 'The fault is ours and has been logged.\n');
    });
  });
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (thrown) {
    throw portFailure(port, thrown);
  }
  server.on('error', (error) => log.error({ err: error }, 'the web page failed'));
  return server;
}

function portFailure(port: number, thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  const reason = code === 'EADDRINUSE' ? 'is in use' : code === 'EACCES' ? 'is not open to you' : undefined;
  if (reason === undefined) return thrown;
  return new UserError(
    `HTTP_PORT ${port} ${reason}. Set another port, such as HTTP_PORT=${port === 8080 ? 8081 : 8080}, or 0 for no web page.`,
    { cause: thrown },
  );
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the web page has no TCP port');
  return address.port;
}

async function answer(options: WebPageOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (options.pushes && isForHubs(request.url)) return answerHub(options.pushes, request, response);
  const port = request.socket.localPort;
  // A page elsewhere can give its own host name the address 127.0.0.1 and then read our answers (DNS rebinding).
  if (!isOwnHost(request.headers.host, port)) return refuse(response, 421, 'This host name is not answered here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered here.');
  }
  const address = readTarget(request.url);
  if (address === undefined) return refuse(response, 400, 'This address cannot be read.');
  const command = address.searchParams.get('command')?.trim() ?? '';
  switch (address.pathname) {
    case '/':
      return sendCard(options, response, command === '' ? '/barrier' : command);
    case '/digest':
      return sendCard(options, response, await digestCommand(options));
    case '/file':
      return sendFile(options, response, command);
    case '/health':
      return sendHealth(response, await options.health());
    default:
      return refuse(response, 404, 'There is no such page. / shows the barriers.');
  }
}

function isOwnHost(host: string | undefined, port: number | undefined): boolean {
  const suffix = port === 80 ? '(:80)?' : `:${port}`;
  return host !== undefined && new RegExp(`^(127\\.0\\.0\\.1|localhost|\\[::1\\])${suffix}$`, 'i').test(host);
}

function readTarget(target: string | undefined): URL | undefined {
  // Joined as text: `//elsewhere/` would be taken for a host otherwise.
  const text = `http://${HOST}${target ?? '/'}`;
  return target?.startsWith('/') && URL.canParse(text) ? new URL(text) : undefined;
}

/** The last digest with every event; before the first one, what it would hold. */
async function digestCommand({ health }: WebPageOptions): Promise<string> {
  return (await health()).lastDigestAt === undefined ? '/digest preview full:yes' : '/digest last';
}

function ask({ bot, workspace, channel }: WebPageOptions, text: string) {
  return bot.handle({ workspace, channel, user: VISITOR, text });
}

async function sendCard(options: WebPageOptions, response: ServerResponse, command: string): Promise<void> {
  const card = await ask(options, command);
  const { banner } = options;
  const page = renderPage({
    title: card.title,
    article: renderArticle(card, command),
    command,
    ...(banner ? { banner } : {}),
  });
  send(response, 200, 'text/html', page);
}

async function sendFile(options: WebPageOptions, response: ServerResponse, command: string): Promise<void> {
  const card = await ask(options, command);
  const file = card.blocks.find((block) => block.kind === 'file');
  if (file === undefined) return refuse(response, 404, 'This command gives no file. Try /feeds export.');
  response.setHeader('Content-Disposition', `attachment; filename="${file.name.replace(/[^\w.-]/g, '-')}"`);
  send(response, 200, 'text/plain', file.content);
}

function sendHealth(response: ServerResponse, health: Health): void {
  const { status, body } = healthAnswer(health);
  send(response, status, 'application/json', body);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  send(response, status, 'text/plain', `${text}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

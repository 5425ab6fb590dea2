import { createHmac } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

let open: OpenSlack;
let port: number;
let http: ReturnType<OpenSlack['slack']['useHttp']>;

beforeEach(async () => {
  port = await freePort();
  open = await openSlack({ port });
  http = open.slack.useHttp(`http://127.0.0.1:${port}/slack/events`);
});
afterEach(() => open.close());

const BODY = new URLSearchParams({
  command: '/digest',
  text: 'schedule 08:30',
  team_id: 'T1',
  channel_id: 'C1',
  user_id: 'U1',
  trigger_id: 'forged',
  response_url: 'http://127.0.0.1:9/nowhere',
}).toString();

function signed(secret: string, age: number, body = BODY) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - age);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}

describe('Slack over HTTP', () => {
  it('opens no socket', () => {
    expect(open.slack.calls.map(({ method }) => method)).not.toContain('apps.connections.open');
    expect(open.slack.sockets.open()).toBe(0);
  });

  it('answers commands, presses, forms and events', async () => {
    const { ana, ben, slack, team } = open;
    const asked = await ben.types('C1', '/barrier', 'deadlock');
    expect(await open.answer(asked)).toContain('Geopolitical deadlock');
    await slack.invites(team, 'C1');
    await slack.until(() => open.shown() !== '', 'the welcome');
    const [welcome] = slack.messages(team, 'C1');
    if (welcome === undefined) throw new Error('no welcome');
    const pressed = await ana.presses('C1', welcome, 'Set up the digest');
    await slack.until(() => ana.form() !== undefined, 'a form');
    await ana.submits({ at: '09:15' });
    expect(await open.answer(pressed)).toContain('Digest scheduled');
    await ben.says('help');
    await slack.until(() => open.direct('U2').includes('what you can type'), 'the answer');
  });

  it('acts once on a request that Slack sends again', async () => {
    const { ana, ben, slack, team } = open;
    await slack.invites(team, 'C1', { twice: true });
    const asked = await ana.types('C1', '/digest', 'schedule 08:30', { twice: true });
    await open.answer(asked);
    await slack.until(() => open.shown() !== '', 'the welcome');
    await open.answer(await ben.types('C1', '/barrier', ''));
    expect(times(wordsOf(asked.answers), 'Digest scheduled')).toBe(1);
    expect(times(open.shown(), 'Barrierwatch is here')).toBe(1);
  });

  it('takes a request that is signed now with the secret', async () => {
    expect(await http.raw(BODY, signed(open.slack.signingSecret, 0))).toBe(200);
    await expect.poll(async () => (await open.store.subscriptions('slack:T1')).length).toBe(1);
  });

  it.each([
    ['a wrong secret', () => signed('another secret', 0)],
    ['a signature of other words', () => signed(open.slack.signingSecret, 0, 'command=%2Fbarrier')],
    ['a signature of ten minutes ago', () => signed(open.slack.signingSecret, 600)],
    ['no signature', () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
  ])('refuses a request with %s, and does nothing', async (_, headers) => {
    expect(await http.raw(BODY, headers())).toBe(401);
    await open.answer(await open.ben.types('C1', '/barrier', ''));
    expect(await open.store.subscriptions('slack:T1')).toEqual([]);
  });

  it('answers a health check without a signature, and nothing else', async () => {
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toEqual({ status: 'ok', feeds: { listed: 1, read: 1, failing: 0, paused: 0 } });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });

  it('says that the check failed without saying why', async () => {
    await open.close();
    const health = async () => {
      throw new Error('the disk is full');
    };
    open = await openSlack({ port, options: { health } });
    const answer = await fetch(`http://127.0.0.1:${port}/health`);
    expect([answer.status, await answer.text()]).toEqual([500, '']);
    expect(open.log.lines.join()).toContain('the disk is full');
  });

  it('says in one line that its port is in use', async () => {
    const other = await openSlack({ port, starts: false });
    const failure = await failureOf(other.adapter.start());
    await other.close();
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toBe(`UserError: HTTP_PORT: ${port} is in use by another program. Set another port.`);
  });

  it('can be stopped and started again on the same port, although somebody holds a request half sent', async () => {
    const holding = connect(port, '127.0.0.1');
    // The stop ends it.
    holding.on('error', () => {});
    const sent = Promise.withResolvers<void>();
    holding.write('POST /slack/events HTTP/1.1\r\nhost: bot\r\ncontent-length: 10\r\n\r\nhalf', () => sent.resolve());
    await sent.promise;
    await (await fetch(`http://127.0.0.1:${port}/health`)).text();
    await open.restart();
    expect(await open.answer(await open.ben.types('C1', '/barrier', 'deadlock'))).toContain('Geopolitical deadlock');
    holding.destroy();
  });
});

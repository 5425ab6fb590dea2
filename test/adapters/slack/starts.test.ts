import { afterEach, describe, expect, it } from 'vitest';
import type { SlackOptions } from '../../../adapters/slack/index.ts';
import { UserError, WorldError } from '../../../src/errors.ts';
import { failureOf, type OpenSlack, openSlack } from './open-slack.ts';
import { startSlack } from './server/index.ts';
import { ALL_SCOPES } from './server/state.ts';

let open: OpenSlack;
afterEach(() => open.close());

async function opened(options: Partial<SlackOptions> = {}): Promise<OpenSlack> {
  open = await openSlack({ starts: false, options });
  return open;
}

/** The one line that a start fails with. */
async function failing(kind: typeof UserError | typeof WorldError): Promise<string> {
  const failure = await failureOf(open.adapter.start());
  expect(failure).toBeInstanceOf(kind);
  expect(String(failure)).not.toContain('\n');
  expect(String(failure)).not.toContain('secret');
  return String(failure);
}

const BOT = 'xoxb-T1-secret';
const APP = 'xapp-1-A0TEST-0-secret';

describe('a start on Slack', () => {
  it('says in which workspace it is on, and how to bring it to a channel', async () => {
    await opened();
    expect(await open.adapter.start()).toBe('on in “Policy team”. Invite it to a channel with /invite @barrierwatch.');
    expect(open.slack.sockets.open()).toBe(1);
  });

  it.each([
    ['a wrong bot token', { botTokens: ['xoxb-wrong'] }, 'SLACK_BOT_TOKEN: Slack does not know the token.'],
    ['a wrong app token', { appToken: 'xapp-wrong' }, 'SLACK_APP_TOKEN: Slack does not know the token.'],
    ['the app token as bot token', { botTokens: [APP] }, 'SLACK_BOT_TOKEN: The token is of the wrong kind'],
    ['the bot token as app token', { appToken: BOT }, 'SLACK_APP_TOKEN: The token is of the wrong kind'],
  ])('with %s fails with what to do', async (_, options, words) => {
    await opened(options);
    const failure = await failureOf(open.adapter.start());
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toContain(words);
    expect(String(failure)).not.toContain('secret');
    expect(open.slack.sockets.open()).toBe(0);
  });

  it('with a token that was revoked says to install the app again', async () => {
    await opened();
    open.team.isTokenRevoked = true;
    expect(await failing(UserError)).toContain('Install it again and copy the new token. (account_inactive)');
  });

  it.each(['commands', 'chat:write', 'users:read'])(
    'without the scope %s, which it needs, does not begin',
    async (scope) => {
      await opened();
      open.team.scopes = ALL_SCOPES.filter((each) => each !== scope);
      expect(await failing(UserError)).toContain(
        `The app in “Policy team” lacks ${scope}. Add it under OAuth & Permissions and install the app again.`,
      );
    },
  );

  it('without scopes that are only useful begins, and says so', async () => {
    await opened();
    open.team.scopes = ['commands', 'chat:write', 'users:read', 'channels:read', 'groups:read', 'im:write'];
    const where = await open.adapter.start();
    expect(where).toContain('In “Policy team” it lacks channels:history, groups:history, im:history, files:write');
    expect(where).toContain('docs/slack.md says what for.');
    expect(await open.answer(await open.ben.types('C1', '/barrier', 'deadlock'))).toContain('Geopolitical deadlock');
  });

  it.each([
    ['is down', { kind: 'status', status: 503 }],
    ['cuts every connection', { kind: 'cut' }],
    ['asks to wait for long', { kind: 'limited', seconds: 600 }],
    ['has trouble of its own', { kind: 'refuse', code: 'internal_error' }],
  ] as const)('while Slack %s fails as what may pass, and works once it answers', async (_, fault) => {
    await opened();
    open.slack.faults.when(() => fault);
    await failing(WorldError);
    open.slack.faults.clear();
    expect(await open.adapter.start()).toContain('on in “Policy team”');
    expect(open.slack.sockets.open()).toBe(1);
    expect(await open.answer(await open.ben.types('C1', '/barrier', 'deadlock'))).toContain('Geopolitical deadlock');
  });

  it('while Slack opens no socket fails as what may pass, and works once it does', async () => {
    await opened();
    open.slack.faults.when(({ method }) => (method === 'apps.connections.open' ? { kind: 'cut' } : undefined));
    await failing(WorldError);
    open.slack.faults.clear();
    await open.adapter.start();
    expect(open.slack.sockets.open()).toBe(1);
  });

  it('where nothing listens fails as what may pass', async () => {
    const gone = await startSlack();
    const apiUrl = gone.apiUrl();
    await gone.close();
    await opened({ apiUrl });
    expect(await failing(WorldError)).toContain('Slack could not be reached (ECONNREFUSED).');
  });

  it('serves every workspace that it has a token of, and names one whose token is refused', async () => {
    const server = await startSlack();
    const other = server.team('T2', 'Legal team');
    const botTokens = [BOT, 'xoxb-wrong', other.botToken];
    open = await openSlack({ server, starts: false, options: { botTokens } });
    const where = await open.adapter.start();
    expect(where).toContain('on in “Policy team”, “Legal team”.');
    expect(where).toContain('Token 2 of 3: SLACK_BOT_TOKEN: Slack does not know the token.');
    expect(where).not.toContain('xoxb-wrong');
    expect((await open.store.workspaces('slack')).map(({ name }) => name)).toEqual(['Legal team', 'Policy team']);
  });

  it('asked for twice at once happens once', async () => {
    await opened();
    const [one, two] = await Promise.all([open.adapter.start(), open.adapter.start()]);
    expect(one).toBe(two);
    expect(open.slack.sockets.open()).toBe(1);
    expect(open.slack.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(1);
  });

  it('writes no secret into the log', async () => {
    await opened();
    await open.adapter.start();
    await open.answer(await open.ben.types('C1', '/barrier', ''));
    expect(open.log.lines.join('\n')).not.toMatch(/xoxb-T1-secret|xapp-1-A0TEST-0-secret/);
  });
});

describe('a stop on Slack', () => {
  it('closes the socket and ends, and what is posted later is said not to be', async () => {
    await opened();
    await open.adapter.start();
    await open.adapter.stop();
    await open.slack.until(() => open.slack.sockets.open() === 0, 'the end of the socket');
    const card = { title: 'Late', tone: 'plain', public: true, timeZone: 'UTC', blocks: [] } as const;
    expect(await failureOf(open.adapter.post(open.channel, card, 'late'))).toBeInstanceOf(WorldError);
    expect(open.shown()).toBe('');
  });

  it('ends although Slack does not answer the start, which then opens nothing', async () => {
    await opened();
    open.slack.faults.next('auth.test', { kind: 'delay', milliseconds: 6_000 });
    const starting = failureOf(open.adapter.start());
    await open.slack.until(() => open.slack.calls.length === 1, 'the question');
    await open.adapter.stop();
    expect(open.slack.calls).toHaveLength(1);
    expect(await starting).toBeInstanceOf(WorldError);
    await open.slack.until(() => open.slack.sockets.open() === 0, 'the end of the socket');
  });

  it('ends a start that is under way', async () => {
    await opened();
    const starting = open.adapter.start();
    await open.adapter.stop();
    await starting.catch(() => undefined);
    await open.slack.until(() => open.slack.sockets.open() === 0, 'the end of the socket');
    expect(open.slack.calls.map(({ method }) => method)).toContain('apps.connections.open');
  });
});

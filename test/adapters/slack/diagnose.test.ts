import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnoseSlack } from '../../../adapters/slack/diagnose.ts';
import type { SlackSettings } from '../../../adapters/slack/settings.ts';
import { startSlack } from './server/index.ts';
import { ALL_SCOPES, addChannel, type SlackTeam } from './server/state.ts';

let slack: Awaited<ReturnType<typeof startSlack>>;
let team: SlackTeam;

beforeEach(async () => {
  slack = await startSlack();
  team = slack.team('T1', 'Policy team');
  addChannel(team, 'C1', 'general', { members: [team.botUserId] });
});
afterEach(() => slack.close());

const channel = (id: string, workspaceId = 'slack:T1') => ({ adapter: 'slack', workspaceId, id });

const diagnose = (settings: Partial<SlackSettings> = {}, ids: readonly string[] = []) =>
  diagnoseSlack(
    { botTokens: [team.botToken], appToken: slack.appToken, apiUrl: slack.apiUrl(), ...settings },
    ids.map((id) => channel(id)),
  );

describe('the look of the doctor at Slack', () => {
  it('finds all well, and opens no socket that events could come to', async () => {
    expect(await diagnose({}, ['C1'])).toEqual([
      { subject: 'Slack bot token', state: 'good', found: 'belongs to “Policy team”' },
      { subject: 'Slack scopes in “Policy team”', state: 'good', found: 'all of them are there' },
      { subject: 'Slack app token', state: 'good', found: 'opens Socket Mode' },
      { subject: 'Slack channel C1', state: 'good', found: 'takes posts' },
    ]);
    expect(slack.sockets.open()).toBe(0);
    expect(slack.calls.map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  it('finds a token that Slack does not know, by its number where there are several', async () => {
    const other = slack.team('T2', 'Legal team');
    const findings = await diagnose({ botTokens: [team.botToken, 'xoxb-wrong', other.botToken] });
    expect(findings).toMatchObject([
      { subject: 'Slack bot token 1', state: 'good' },
      { subject: 'Slack scopes in “Policy team”' },
      { subject: 'Slack bot token 2', state: 'bad', found: expect.stringContaining('does not know the token') },
      { subject: 'Slack bot token 3', state: 'good', found: 'belongs to “Legal team”' },
      { subject: 'Slack scopes in “Legal team”' },
      { subject: 'Slack app token', state: 'good' },
    ]);
    expect(JSON.stringify(findings)).not.toMatch(/xoxb-wrong|secret/);
  });

  it('finds scopes that are missing, with what each is for', async () => {
    team.scopes = ALL_SCOPES.filter((scope) => scope !== 'files:write' && scope !== 'im:write');
    const [, scopes] = await diagnose();
    expect(scopes).toMatchObject({
      state: 'warning',
      found: expect.stringMatching(/im:write \(to tell an admin.*files:write \(to send a feed list as a file\)/),
      remedy: expect.stringContaining('install the app again'),
    });
    team.scopes = ['commands', 'users:read'];
    expect(await diagnose()).toMatchObject([{ state: 'bad', found: expect.stringContaining('lacks chat:write') }, {}]);
  });

  it('finds an app token that opens no socket', async () => {
    const wrong = await diagnose({ appToken: 'xapp-wrong' });
    expect(wrong.at(-1)).toMatchObject({
      subject: 'Slack app token',
      state: 'bad',
      remedy: expect.stringContaining('connections:write'),
    });
    const mixedUp = await diagnose({ appToken: team.botToken });
    expect(mixedUp.at(-1)).toMatchObject({ state: 'bad', found: expect.stringContaining('of the wrong kind') });
  });

  it('says for HTTP where Slack’s requests must come to', async () => {
    const findings = await diagnoseSlack(
      { botTokens: [team.botToken], signingSecret: 'secret', port: 3000, apiUrl: slack.apiUrl() },
      [],
    );
    expect(findings.at(-1)).toMatchObject({
      subject: 'Slack requests',
      state: 'good',
      found: expect.stringContaining('3000'),
      remedy: expect.stringContaining('https'),
    });
    expect(slack.calls.map(({ method }) => method)).not.toContain('apps.connections.open');
  });

  it('finds channels that take no posts, and those of a workspace without a token', async () => {
    addChannel(team, 'C2', 'archived', { members: [team.botUserId] }).isArchived = true;
    addChannel(team, 'C3', 'elsewhere');
    const findings = await diagnose({}, ['C1', 'C2', 'C3', 'C404']);
    expect(findings.slice(-4)).toMatchObject([
      { subject: 'Slack channel C1', state: 'good' },
      { subject: 'Slack channel C2', state: 'bad', found: expect.stringContaining('archived') },
      { subject: 'Slack channel C3', state: 'bad', found: expect.stringContaining('/invite @barrierwatch') },
      { subject: 'Slack channel C404', state: 'bad', found: expect.stringContaining('/invite @barrierwatch') },
    ]);
    const settings = { botTokens: [team.botToken], appToken: slack.appToken, apiUrl: slack.apiUrl() };
    const stranger = await diagnoseSlack(settings, [channel('C1', 'slack:T9')]);
    expect(stranger.at(-1)).toMatchObject({ state: 'bad', found: 'is of a workspace without a token' });
  });

  it('says in words when Slack cannot be asked', async () => {
    slack.faults.when(({ method }) => (method === 'conversations.info' ? { kind: 'status', status: 503 } : undefined));
    expect((await diagnose({}, ['C1'])).at(-1)).toEqual({
      subject: 'Slack channel C1',
      state: 'warning',
      found: 'could not be looked at: Slack answered 503.',
    });
    slack.faults.clear();
    slack.faults.breakAll();
    const findings = await diagnose({}, []);
    expect(findings).toMatchObject([
      { subject: 'Slack bot token', state: 'bad', found: expect.stringContaining('Slack could not be reached') },
      { subject: 'Slack app token', state: 'bad', found: expect.stringContaining('Slack could not be reached') },
    ]);
    expect(findings.some(({ remedy }) => remedy !== undefined)).toBe(false);
  });
});

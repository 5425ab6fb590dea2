import { App, SocketModeReceiver, webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SILENT } from '../../../../adapters/slack/logger.ts';
import { type SlackServer, startSlack } from './index.ts';
import type { Person } from './person.ts';
import { addChannel, type Json, type SlackTeam } from './state.ts';

let slack: SlackServer;
let team: SlackTeam;
let ana: Person;
let client: webApi.WebClient;

const QUIET = { logger: SILENT, retryConfig: { retries: 0 } };

beforeEach(async () => {
  slack = await startSlack();
  team = slack.team('T1', 'Policy team');
  addChannel(team, 'C1', 'general', { members: ['U1', team.botUserId] });
  addChannel(team, 'C2', 'elsewhere', { members: ['U1'] });
  ana = slack.person(team, 'U1', 'ana', { isAdmin: true });
  client = new webApi.WebClient(team.botToken, { ...QUIET, slackApiUrl: slack.apiUrl() });
});
afterEach(() => slack.close());

/** Slack's code of a refusal. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'taken';
  } catch (thrown) {
    return thrown instanceof webApi.WebAPIPlatformError ? thrown.data.error : String(thrown);
  }
}

const text = (length: number, type = 'plain_text'): Json => ({ type, text: 'x'.repeat(length) });
const button = (extra: Json = {}): Json => ({ type: 'button', action_id: 'a', text: text(75), value: 'v', ...extra });
const section = (length: number): Json => ({ type: 'section', text: text(length, 'mrkdwn') });
const times = (count: number, block: Json): Json[] => Array(count).fill(block);
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const options = (count: number, length = 75): Json[] =>
  Array.from({ length: count }, (_, index) => ({ text: text(length), value: String(index) }));
const select = (extra: Json): Json => ({ type: 'static_select', action_id: 's', ...extra });
const rich = (...elements: Json[]): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

const post = (args: Json) => codeOf(client.apiCall('chat.postMessage', { channel: 'C1', ...args }));

describe('the local Slack', () => {
  it.each<[string, Json[], Json[]]>([
    ['50 blocks', times(50, { type: 'divider' }), times(51, { type: 'divider' })],
    ['a header of 150', [{ type: 'header', text: text(150) }], [{ type: 'header', text: text(151) }]],
    ['a header in plain text', [{ type: 'header', text: text(9) }], [{ type: 'header', text: text(9, 'mrkdwn') }]],
    ['a section of 1 to 3000', [section(3_000)], [section(3_001)]],
    ['a section with text', [section(1)], [section(0)]],
    [
      '25 buttons',
      [actions(...Array.from({ length: 25 }, (_, index) => button({ action_id: `${index}` })))],
      [actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` })))],
    ],
    ['ids that differ', [actions(button(), button({ action_id: 'b' }))], [actions(button(), button())]],
    ['a button of 75', [actions(button())], [actions(button({ text: text(76) }))]],
    [
      'a value of 2000',
      [actions(button({ value: 'v'.repeat(2_000) }))],
      [actions(button({ value: 'v'.repeat(2_001) }))],
    ],
    ['100 options', [actions(select({ options: options(100) }))], [actions(select({ options: options(101) }))]],
    ['an option of 75', [actions(select({ options: options(1) }))], [actions(select({ options: options(1, 76) }))]],
    [
      '10 elements of context',
      [{ type: 'context', elements: times(10, text(9)) }],
      [{ type: 'context', elements: times(11, text(9)) }],
    ],
    ['rich text with words', [rich({ type: 'text', text: 'x' })], [rich({ type: 'text', text: '' })]],
    ['known types', [{ type: 'divider' }], [{ type: 'fnord' }]],
  ])('takes %s, and no more', async (_, good, bad) => {
    expect(await post({ text: 't', blocks: good })).toBe('taken');
    expect(await post({ text: 't', blocks: bad })).toBe('invalid_blocks');
    expect(slack.messages(team, 'C1')).toHaveLength(1);
  });

  it('takes about 13,200 characters over all blocks', async () => {
    expect(await post({ text: 't', blocks: times(4, section(3_000)) })).toBe('taken');
    expect(await post({ text: 't', blocks: times(5, section(3_000)) })).toBe('msg_blocks_too_long');
  });

  it.each<[string, string, Json, string]>([
    ['a channel it is not in', 'chat.postMessage', { channel: 'C2', text: 't' }, 'not_in_channel'],
    ['a channel that is none', 'chat.postMessage', { channel: 'C9', text: 't' }, 'channel_not_found'],
    ['no words', 'chat.postMessage', { channel: 'C1' }, 'no_text'],
    ['a thread that is none', 'chat.postMessage', { channel: 'C1', text: 't', thread_ts: '1.0' }, 'thread_not_found'],
    ['a trigger that is none', 'views.open', { trigger_id: 'x', view: {} }, 'invalid_trigger_id'],
    ['a person that is none', 'users.info', { user: 'U9' }, 'user_not_found'],
    ['a method that is none', 'fnord.now', {}, 'unknown_method'],
  ])('refuses %s', async (_, method, args, code) => {
    expect(await codeOf(client.apiCall(method, args))).toBe(code);
  });

  it('knows tokens, scopes and archives', async () => {
    const stranger = new webApi.WebClient('xoxb-nobody', { ...QUIET, slackApiUrl: slack.apiUrl() });
    expect(await codeOf(stranger.auth.test())).toBe('invalid_auth');
    expect(await codeOf(client.apps.connections.open())).toBe('not_allowed_token_type');
    expect((await client.auth.test()).response_metadata?.scopes).toEqual(team.scopes);
    team.scopes = ['commands'];
    expect(await post({ text: 't' })).toBe('missing_scope');
    team.scopes = ['chat:write'];
    await slack.archives(team, 'C1').catch(() => undefined);
    expect(await post({ text: 't' })).toBe('is_archived');
  });

  it('shows the metadata of messages only where it is asked for', async () => {
    await post({ text: 't', metadata: { event_type: 'e', event_payload: { key: 'k' } } });
    const history = (args: Json) => client.apiCall('conversations.history', { channel: 'C1', ...args });
    expect(JSON.stringify(await history({}))).not.toContain('event_payload');
    expect(JSON.stringify(await history({ include_all_metadata: true }))).toContain('"key":"k"');
  });
});

describe('an unmodified Bolt app on the local Slack', () => {
  let app: App;

  beforeEach(async () => {
    const clientOptions = { slackApiUrl: slack.apiUrl(), retryConfig: { retries: 0 } };
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      logger: SILENT,
      // Bolt waits as long before it opens a lost socket again.
      clientPingTimeout: 500,
      installerOptions: { clientOptions },
    });
    app = new App({ token: team.botToken, receiver, clientOptions, logger: SILENT, deferInitialization: true });
    await app.init();
    await app.start();
  });
  afterEach(() => app.stop());

  const modal = (): webApi.ViewsOpenArguments['view'] => ({
    type: 'modal',
    callback_id: 'form',
    title: { type: 'plain_text', text: 'A form' },
    submit: { type: 'plain_text', text: 'Save' },
    blocks: [
      {
        type: 'input',
        block_id: 'name',
        label: { type: 'plain_text', text: 'Name' },
        element: { type: 'plain_text_input', action_id: 'value' },
      },
    ],
  });

  it('gets a command, opens a form once and reads what was filled in', async () => {
    const codes: string[] = [];
    const filled: unknown[] = [];
    app.command('/form', async ({ ack, command, client: own }) => {
      await ack();
      for (let count = 0; count < 2; count++)
        codes.push(await codeOf(own.views.open({ trigger_id: command.trigger_id, view: modal() })));
    });
    app.view('form', async ({ ack, view }) => {
      await ack();
      filled.push(view.state.values);
    });
    await ana.types('C2', '/form');
    await slack.until(() => codes.length === 2, 'two tries');
    expect(codes).toEqual(['taken', 'exchanged_trigger_id']);
    await ana.submits({ name: 'Ana' });
    await slack.until(() => filled.length === 1, 'the form');
    expect(filled).toEqual([{ name: { value: { type: 'plain_text_input', value: 'Ana' } } }]);
  });

  it('may answer five times', async () => {
    const results: string[] = [];
    app.command('/talk', async ({ ack, respond }) => {
      await ack();
      for (let count = 0; count < 6; count++) {
        results.push(
          await respond(`answer ${count}`).then(
            () => 'taken',
            () => 'refused',
          ),
        );
      }
    });
    const asked = await ana.types('C1', '/talk');
    await slack.until(() => results.length === 6, 'six tries');
    expect(results).toEqual([...Array(5).fill('taken'), 'refused']);
    expect(asked.answers).toHaveLength(5);
  });

  it('gets an event again that it did not acknowledge, and no command', async () => {
    const seen: unknown[] = [];
    app.event('channel_archive', async ({ body }) => {
      seen.push(body.event_id);
    });
    app.command('/silent', async () => undefined);
    const told = slack.archives(team, 'C2');
    slack.sockets.disconnect('cut');
    await expect(ana.types('C1', '/silent')).rejects.toThrow('dispatch_failed');
    await told;
    await slack.until(() => seen.length > 0, 'the event');
    expect(new Set(seen).size).toBe(1);
  });
});

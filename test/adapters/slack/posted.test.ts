import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../adapters/slack/client.ts';
import { boltLogger } from '../../../adapters/slack/logger.ts';
import { keyIn, METADATA_EVENT, wasPosted } from '../../../adapters/slack/posted.ts';
import { keptLog } from '../../test-bot.ts';
import { failureOf } from './open-slack.ts';
import { startSlack } from './server/index.ts';
import { addChannel, type SlackTeam } from './server/state.ts';

const KEY = 'digest d1 2026-06-10T06:30:00.000Z/0';

let slack: Awaited<ReturnType<typeof startSlack>>;
let team: SlackTeam;
let client: webApi.WebClient;

beforeEach(async () => {
  slack = await startSlack();
  team = slack.team('T1', 'Policy team');
  addChannel(team, 'C1', 'general', { members: [team.botUserId] });
  client = createClient(team.botToken, { apiUrl: slack.apiUrl(), logger: boltLogger(keptLog()) });
});
afterEach(() => slack.close());

const since = () => new Date().toISOString();
const look = (thread?: string, at = since()) => wasPosted(client, { channel: 'C1', thread, key: KEY, since: at });

async function says(metadata?: { event_type: string; event_payload: { key: string } }, thread?: string) {
  const { ts } = await client.chat.postMessage({
    channel: 'C1',
    text: 'Words',
    ...(metadata ? { metadata } : {}),
    ...(thread ? { thread_ts: thread } : {}),
  });
  if (ts === undefined) throw new Error('no timestamp');
  return ts;
}

const OURS = { event_type: METADATA_EVENT, event_payload: { key: keyIn(KEY) } };

describe('the look for a message whose answer was lost', () => {
  it('finds it by its key, among others', async () => {
    expect(await look()).toBeUndefined();
    await says();
    await says({ event_type: METADATA_EVENT, event_payload: { key: keyIn('another key') } });
    await says({ event_type: 'event_of_another_app', event_payload: { key: keyIn(KEY) } });
    expect(await look()).toBeUndefined();
    const ts = await says(OURS);
    await says();
    expect(await look()).toBe(ts);
  });

  it('finds it in its thread, and not in the channel', async () => {
    const parent = await says();
    const ts = await says(OURS, parent);
    expect(await look(parent)).toBe(ts);
    expect(await look()).toBeUndefined();
  });

  it('asks for nothing older than the first try, less a minute for a clock that is ahead', async () => {
    const at = '2026-06-10T06:30:00.000Z';
    await look(undefined, at);
    const asked = slack.calls.at(-1);
    expect(asked?.method).toBe('conversations.history');
    expect(Number(asked?.args.oldest)).toBe(Date.parse(at) / 1_000 - 60);
  });

  it('is made again when Slack asks to wait, or does not answer at first', async () => {
    const ts = await says(OURS);
    slack.faults.next('conversations.history', { kind: 'limited', seconds: 0 }, { kind: 'status', status: 500 });
    expect(await look()).toBe(ts);
  });

  it('fails where the history may not be read', async () => {
    team.scopes = team.scopes.filter((scope) => scope !== 'channels:history');
    expect(await failureOf(look())).toBeInstanceOf(webApi.WebAPIPlatformError);
  });
});

describe('the key of a message on Slack', () => {
  it('is the same for the same message and says nothing of it', () => {
    expect(keyIn(KEY)).toBe(keyIn(KEY));
    expect(keyIn(KEY)).not.toBe(keyIn(`${KEY}0`));
    expect(keyIn(KEY)).toMatch(/^[0-9a-f]{32}$/);
  });
});

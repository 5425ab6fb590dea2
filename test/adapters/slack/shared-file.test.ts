import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenSlack, openSlack, times } from './open-slack.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const LIST = { name: 'Our Feeds.OPML', content: '<fromfile/>' };

const feeds = async () => (await open.store.listFeeds('slack:T1')).map(({ id }) => id);
const called = (name: string) => open.slack.calls.filter(({ method }) => method === name).length;

/** What ana reads once she has sent something. */
async function told(sent: Parameters<OpenSlack['ana']['shares']>[0]): Promise<string> {
  await open.ana.shares(sent);
  await open.slack.until(() => open.direct('U1') !== '', 'an answer');
  return open.direct('U1');
}

describe('a file sent to the bot on Slack', () => {
  it.each(['feeds.opml', 'Our Feeds.OPML', 'feeds.xml', 'feeds.json'])('called %s is taken as a list', async (name) => {
    expect(await told([{ ...LIST, name }])).toContain('1 feed added');
    expect(await feeds()).toContain('fromfile');
    expect((await open.store.history('slack:T1', 1))[0]?.actor).toBe('slack:U1');
    expect(open.shown()).toBe('');
  });

  it('is taken once, however often it comes', async () => {
    await open.ana.shares([LIST], { twice: true });
    await open.slack.until(() => open.direct('U1') !== '', 'an answer');
    await open.answer(await open.ben.types('C1', '/barrier', ''));
    expect(times(open.direct('U1'), '1 feed added')).toBe(1);
    expect(called('download')).toBe(1);
  });

  it('by a member changes nothing', async () => {
    await open.ben.shares([LIST]);
    await open.slack.until(() => open.direct('U2') !== '', 'an answer');
    expect(open.direct('U2')).toContain('/feeds import is for admins');
    expect(await feeds()).toEqual(['us']);
  });

  it.each([
    ['of another kind', [{ ...LIST, name: 'photo.png' }], 'The only files I take are lists of feeds'],
    ['with another', [LIST, LIST], 'one file at a time'],
    ['that is too large', [{ ...LIST, content: 'x'.repeat(1_000_001) }], 'larger than 1 MB'],
    [
      'that lies elsewhere',
      [{ ...LIST, url_private_download: 'https://elsewhere.example/x' }],
      'does not lie with Slack',
    ],
    ['that nothing is told of', [{ ...LIST, url_private_download: undefined }], 'does not lie with Slack'],
  ])('%s is not asked for, and one sentence says why', async (_, sent, words) => {
    expect(await told(sent)).toContain(words);
    expect(called('download')).toBe(0);
    expect(await feeds()).toEqual(['us']);
  });

  it('that is larger than Slack told is given up', async () => {
    expect(await told([{ ...LIST, content: 'x'.repeat(1_500_000), size: 10 }])).toContain('larger than 1 MB');
  });

  it('that is not in UTF-8 is given up', async () => {
    const content = Buffer.from('<opml>Zeitung für Köln</opml>', 'latin1');
    expect(await told([{ ...LIST, content }])).toContain('is not in UTF-8');
    expect(await feeds()).toEqual(['us']);
  });

  it('is led nowhere with the token where the scope is missing, and the scope is named', async () => {
    open.team.scopes = open.team.scopes.filter((scope) => scope !== 'files:read');
    expect(await told([LIST])).toContain('The app needs the scope files:read');
    expect(called('signin')).toBe(0);
  });

  it.each([
    ['answers with a page to sign in', { kind: 'refuse', code: 'missing_scope' }, 'The app needs the scope files:read'],
    ['answers 500', { kind: 'status', status: 500 }, 'it answered 500'],
    ['breaks off', { kind: 'cut' }, 'did not hand out the file'],
  ] as const)('that Slack %s is said to be missing', async (_, fault, words) => {
    open.slack.faults.next('download', fault);
    expect(await told([LIST])).toContain(words);
    expect(open.direct('U1')).not.toContain('secret');
    expect(await feeds()).toEqual(['us']);
  });

  it('by the bot itself is left alone', async () => {
    const { slack, team } = open;
    const own = { type: 'message', subtype: 'file_share', channel_type: 'im', channel: 'D1', user: team.botUserId };
    const file = { name: 'barrierwatch-feeds.opml', url_private_download: slack.apiUrl().replace('api', 'files-pri') };
    await slack.happens(team, { ...own, text: '', files: [file] });
    await open.answer(await open.ben.types('C1', '/barrier', ''));
    expect(called('download')).toBe(0);
  });
});

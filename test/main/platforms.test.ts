import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownChannel } from '../adapters/discord/server/shown.ts';
import { TestServer } from '../feeds/server.ts';
import { openBoth } from './both-platforms.ts';
import { PATIENCE, type Program, temporaryFolder } from './program.ts';

const TITLE = 'Trump signs executive order to preempt state AI laws';

/** News of the last hours, whatever the day on which the test runs. */
function document(path: string): string {
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  return `<rss version="2.0"><channel><title>Feed of ${path}</title><item><guid>${path}</guid><title>${TITLE}</title>
    <link>https://news.example${path}</link><pubDate>${date}</pubDate></item></channel></rss>`;
}

describe('one process on Slack and Discord', { timeout: PATIENCE }, () => {
  const server = new TestServer();
  const folder = temporaryFolder();
  let both: Awaited<ReturnType<typeof openBoth>>;
  let program: Program;

  beforeAll(async () => {
    await server.start();
    server.answer = ({ url = '/' }, response) =>
      response.setHeader('Content-Type', 'application/rss+xml').end(document(url));
    both = await openBoth(folder.path, [{ id: 'us', url: server.url('/us') }]);
    program = await both.start();
    await program.says('Next digest');
  }, PATIENCE);

  afterAll(async () => {
    program.kill('SIGTERM');
    const { code, err } = await program.ended;
    await both.close();
    await server.stop();
    folder.remove();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(both.discord.violations).toEqual([]);
  });

  /** What a member of the first Slack workspace is told in private. */
  const askSlack = async (command: string, text: string, index: 0 | 1 = 0, who: 'admin' | 'member' = 'member') => {
    const { [who]: person, channel } = both.teams[index];
    const asked = await person.types(channel.id, command, text);
    await both.slack.until(() => asked.answers.length > 0, `an answer to ${command} ${text}`);
    return asked.answers;
  };

  it('answers a lookup on both, privately', async () => {
    const [answer] = await askSlack('/barrier', 'deadlock');
    expect(answer).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(answer)).toContain(TITLE);
    const { member, channel } = both.guilds[0];
    const shown = await member.types(channel, '/barrier show', { barrier: 'geopolitical-deadlock' });
    expect(shown.text).toContain(TITLE);
    expect(shown.public).toEqual([]);
  });

  it('shares an answer and explains a tag', async () => {
    const { member, channel, team } = both.teams[0];
    const [answer] = await askSlack('/barrier', 'search preempt');
    const shown = { blocks: answer?.blocks as [] };
    const why = await member.chooses(channel.id, shown, 'Trump signs');
    await both.slack.until(() => why.answers.length > 0, 'why');
    expect(JSON.stringify(why.answers)).toContain('What counted');
    const shared = await member.presses(channel.id, shown, 'Share to channel');
    await both.slack.until(() => shared.answers.length > 0, 'the shared answer');
    expect(shared.answers[0]).toMatchObject({ response_type: 'in_channel' });
    expect(JSON.stringify(shared.answers)).toContain('By ben');
    expect(both.slack.messages(team, channel.id)).toEqual([]);

    const { member: other, channel: general } = both.guilds[0];
    const found = await other.types(general, '/barrier search', { words: 'preempt' });
    expect((await other.chooses(found.private[0], 'Trump signs')).text).toContain('What counted');
    await other.presses(found.private[0], 'Share to channel');
    expect(shownChannel(general)).toContain('Search: preempt · Ben');
  });

  it('lets an admin add a feed, by text and by form, and refuses a member', async () => {
    const [refused] = await askSlack('/feeds', `add ${server.url('/slack')}`);
    expect(JSON.stringify(refused)).toContain('is for admins');
    const [added] = await askSlack('/feeds', `add ${server.url('/slack')} eu`, 0, 'admin');
    expect(added).toMatchObject({ response_type: 'in_channel' });
    expect(JSON.stringify(added)).toContain('Added: Feed of /slack');
    const { admin, channel } = both.teams[1];
    const asked = await admin.types(channel.id, '/feeds', 'add');
    await both.slack.until(() => admin.form() !== undefined, 'a form');
    await admin.submits({ url: server.url('/press'), stream: 'un' });
    await both.slack.until(() => asked.answers.length > 0, 'the answer to the form');
    expect(JSON.stringify(asked.answers)).toContain('Added: Feed of /press');

    const [policy, press] = both.guilds;
    const no = await policy.member.types(policy.channel, '/feeds add', { url: server.url('/discord') });
    expect(no.text).toContain('is for admins');
    const form = (await policy.admin.types(policy.channel, '/feeds add')).modal();
    const yes = await policy.admin.submits(policy.channel, form, { Url: server.url('/discord'), Title: 'By form' });
    expect(yes.text).toContain('Shown to the channel.');
    expect(shownChannel(policy.channel)).toContain('Added: By form');
    expect((await press.admin.types(press.channel, '/feeds add', { url: server.url('/other') })).first.type).toBe(5);
  });

  it('takes a list as a file from an admin on both, and refuses a member', async () => {
    const list = (path: string) => ({
      name: 'feeds.json',
      content: JSON.stringify([{ id: path, title: `File of ${path}`, url: server.url(`/${path}`), kind: 'rss' }]),
    });
    const { admin, member, team } = both.teams[0];
    const told = (userId: string) => JSON.stringify(team.channels.get(`D${userId.slice(1)}`)?.messages ?? []);
    await member.shares([list('slack-file')]);
    await both.slack.until(() => told('U2').includes('is for admins'), 'a refusal');
    await admin.shares([list('slack-file')]);
    await both.slack.until(() => told('U1').includes('1 feed added'), 'the list taken');

    const [{ admin: ana, member: ben, channel }] = both.guilds;
    expect((await ben.types(channel, '/feeds import', { file: list('discord-file') })).text).toContain('is for admins');
    await ana.types(channel, '/feeds import', { file: list('discord-file') });
    expect(shownChannel(channel)).toContain('1 feed added · Ana');
  });

  it('keeps each workspace to its own', async () => {
    const lists = [
      JSON.stringify(await askSlack('/feeds', 'list', 0)),
      JSON.stringify(await askSlack('/feeds', 'list', 1)),
      ...(await Promise.all(
        both.guilds.map(async ({ member, channel }) => (await member.types(channel, '/feeds list')).text),
      )),
    ];
    const own = ['/slack', '/press', '/discord', '/other'];
    const seen = lists.map((list) => own.filter((path) => list.includes(server.url(path))));
    expect(seen).toEqual(own.map((path) => [path]));
    const completed = await both.guilds[1].admin.completes(both.guilds[1].channel, '/feeds pause', 'feed', '');
    expect(JSON.stringify(completed.choices())).not.toContain('By form');
  });

  it('posts a digest in each channel when an admin asks, and refuses a member', async () => {
    for (const index of [0, 1] as const) {
      await askSlack('/digest', 'schedule 08:30 Europe/Brussels', index, 'admin');
      const [refused] = await askSlack('/digest', 'now', index);
      expect(JSON.stringify(refused)).toContain('is for admins');
      await askSlack('/digest', 'now', index, 'admin');
      const { team, channel } = both.teams[index];
      expect(both.slack.shown(team, channel.id).split('AI governance digest').length).toBeGreaterThan(1);
      expect(both.slack.messages(team, channel.id)).toHaveLength(1);
    }
    for (const { admin, member, channel } of both.guilds) {
      await admin.types(channel, '/digest schedule', { at: '08:30', zone: 'Europe/Brussels' });
      expect((await member.types(channel, '/digest now')).text).toContain('is for admins');
      await admin.types(channel, '/digest now');
      expect(shownChannel(channel).split('AI governance digest ·')).toHaveLength(2);
      expect(shownChannel(channel)).toContain(TITLE);
    }
    expect(both.discord.pings()).toEqual([]);
  });

  it('goes on after a kill: buttons of before still work, and nothing is said twice', async () => {
    const { team, channel, member } = both.teams[0];
    program.kill('SIGKILL');
    await program.ended;
    await both.slack.until(() => both.slack.sockets.open() === 0, 'the socket closed');
    program = await both.start();
    const [digest] = both.slack.messages(team, channel.id);
    const pressed = await member.presses(channel.id, { blocks: digest?.blocks ?? [], ts: digest?.ts ?? '' }, 'More');
    await both.slack.until(() => pressed.answers.length > 0, 'more');
    expect(JSON.stringify(pressed.answers)).toContain(TITLE);
    const refused = await member.presses(channel.id, { blocks: digest?.blocks ?? [], ts: digest?.ts ?? '' }, 'Pause');
    await both.slack.until(() => refused.answers.length > 0, 'a refusal');
    expect(JSON.stringify(refused.answers)).toContain('is for admins');
    expect(both.slack.messages(team, channel.id)).toHaveLength(1);
    for (const { channel: general } of both.guilds) {
      expect(shownChannel(general).split('Barrierwatch is here')).toHaveLength(2);
    }
  });
});

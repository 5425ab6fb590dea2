import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServer } from '../feeds/server.ts';
import { PATIENCE, Program, run, temporaryFolder } from './program.ts';

const server = new TestServer();
let folder = temporaryFolder();
beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  folder = temporaryFolder();
  const body = document();
  server.answer = (_, response) => response.setHeader('Content-Type', 'application/rss+xml').end(body);
});
afterEach(() => folder.remove());

/** News of the last hours, whatever the day on which the test runs. */
function document(): string {
  const title = 'Trump signs executive order to preempt state AI laws';
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  return `<rss version="2.0"><channel><title>A source</title><item><guid>1</guid><title>${title}</title>
    <link>https://news.example/1</link><pubDate>${date}</pubDate></item></channel></rss>`;
}

/** Writes a feed list and returns the settings that use it. */
function settingsFor(urls: readonly string[], extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const feeds = urls.map((url, index) => ({
    id: `f${index}`,
    title: `Source ${index}`,
    url,
    kind: 'rss',
    stream: 'us',
  }));
  writeFileSync(join(folder.path, 'feeds.json'), JSON.stringify(feeds));
  return { FEEDS_FILE: 'feeds.json', FEED_ALLOW_PRIVATE: '127.0.0.1', DATABASE_FILE: 'test.db', ...extra };
}

/** An address at which nothing listens. */
const NOWHERE = 'http://127.0.0.1:1/feed';

describe('npm start -- --once', { timeout: PATIENCE }, () => {
  it('reads a JSON list, prints what is new with its proof, and leaves', async () => {
    const settings = settingsFor([server.url('/feed')]);
    const { code, out, err } = await run(folder.path, ['start', '--once'], { settings });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('[1/1] Source 0: 1 new item\n');
    expect(out).toMatch(/Geopolitical deadlock \[CH 2\.1\]\n▲ Trump signs executive order to preempt state AI laws/);
    expect(out).not.toContain('recorded sample');
  });

  it('reads an OPML list just as well, and says which of its entries were left out', async () => {
    const opml = `<opml version="2.0"><body><outline text="us"><outline type="rss" text="A &amp; B" xmlUrl="${server.url('/feed')}"/>
      <outline type="rss" text="Broken" xmlUrl="javascript:alert(1)"/></outline></body></opml>`;
    writeFileSync(join(folder.path, 'feeds.opml'), opml);
    const settings = { ...settingsFor([]), FEEDS_FILE: 'feeds.opml' };
    const { code, out, err } = await run(folder.path, ['--once'], { settings });
    expect(code).toBe(0);
    expect(out).toContain('[1/1] A & B: 1 new item\n');
    expect(err).toContain('FEEDS_FILE feeds.opml: ');
  });

  it('leaves with 2, one line a source and what to do, when nothing could be read', async () => {
    const settings = settingsFor([NOWHERE, 'http://127.0.0.1:1/other', 'http://nowhere.invalid/feed']);
    const { code, out, err } = await run(folder.path, ['--once'], { settings });
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(out.match(/^\[\d\/3\] ✗ Source \d: .+/gm)).toHaveLength(3);
    expect(out).toContain('No source could be read (3 failures above). Check the network');
  });

  it('leaves with 0 when one source of several could be read, and names the others', async () => {
    const settings = settingsFor([server.url('/feed'), NOWHERE]);
    const { code, out } = await run(folder.path, ['--once'], { settings });
    expect(code).toBe(0);
    expect(out).toContain('Not read 1 source\nSource 1: 127.0.0.1 refused the connection');
  });

  it('remembers from run to run what it has read and posted', async () => {
    const settings = settingsFor([server.url('/feed')]);
    await run(folder.path, ['--once'], { settings });
    const { out } = await run(folder.path, ['--once'], { settings });
    expect(out).toContain('[1/1] Source 0: unchanged\n');
    expect(out).toContain('Quiet: nothing moved since');
  });
});

describe('npm start', { timeout: PATIENCE }, () => {
  it('goes on without a network, and answers what is typed', async () => {
    const program = new Program(folder.path, [], settingsFor([NOWHERE]));
    await program.says('The first digest comes as soon as a source can be read.');
    program.type(['/feeds health'], { more: true });
    await program.says('Feed health: 0 of 1 read');
    program.type(['/barrier deadlock'], { more: true });
    await program.says('Nothing tagged with this barrier yet.');
    program.type(['exit'], { more: true });
    const { code, err } = await program.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('goes on when its input ends, as under a service manager, until SIGTERM', async () => {
    const program = new Program(folder.path, [], settingsFor([server.url('/feed')]));
    program.type(['/digest status']);
    await program.says('Digest of this channel');
    expect(await Promise.race([program.ended, pause(1_000, 'running')])).toBe('running');
    program.kill('SIGTERM');
    const { code, err } = await program.ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s within five seconds while a source hangs', async (signal) => {
    let asked: () => void = () => {};
    const reading = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.answer = () => asked();
    const program = new Program(folder.path, [], settingsFor([server.url('/hangs')]));
    await reading;
    program.kill(signal);
    const ended = await Promise.race([program.ended, pause(5_000, undefined)]);
    expect(ended).toMatchObject({ code: 0, err: '' });
    // What was cut short is no digest.
    expect(ended?.out).not.toContain('AI governance digest');
  });

  it('refuses a database that another process uses, and leaves that one alone', async () => {
    const settings = settingsFor([server.url('/feed')]);
    const first = new Program(folder.path, [], settings);
    await first.says('Next digest');
    const second = await run(folder.path, ['--once'], { settings });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(
      new RegExp(`^The database .+ is in use by another Barrierwatch \\(process ${first.pid}\\)`),
    );
    first.type(['/barrier help', 'exit']);
    expect(await first.ended).toMatchObject({ code: 0, err: '' });
  });

  it('refuses a port that is in use, in one sentence', async () => {
    const port = new URL(server.url()).port;
    const { code, err } = await run(folder.path, [], { settings: settingsFor([NOWHERE], { HTTP_PORT: port }) });
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^HTTP_PORT ${port} is in use\\. Set another port.+\\n$`));
  });

  it('lets only those change things whom ADMINS names', async () => {
    const settings = settingsFor([server.url('/feed')], { ADMINS: 'local:maria' });
    const ben = await run(folder.path, ['--as', 'ben'], { settings, input: ['/feeds pause f0', 'exit'] });
    expect(ben.out).toContain('/feeds pause is for admins.');
    const maria = await run(folder.path, ['--as', 'maria'], {
      settings,
      input: ['/feeds pause f0', '/feeds history', 'exit'],
    });
    expect(maria.out).toContain('Paused: Source 0');
    expect(maria.out).toContain('local:maria · pause f0');
  });
});

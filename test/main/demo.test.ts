import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { PATIENCE, Program, run, temporaryFolder } from './program.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** What stands between the title of one screen and the next. */
function screens(out: string): string[] {
  return out.split('\n\n[recorded sample] ').slice(1);
}

describe('npm run demo', { timeout: PATIENCE }, () => {
  it('prints one line a source and the digest with proof, and leaves', async () => {
    const { code, out, err } = await run(folder.path, ['demo', '--once']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // Its temporary database is gone with it.
    expect(readdirSync(folder.path)).toEqual([]);
    expect(out.match(/^\[\d+\/20\] /gm)).toHaveLength(20);
    expect(out).toMatch(/^\[\d+\/20\] ✗ .+: answered 503/m);
    const [digest = ''] = screens(out);
    expect(digest).toMatch(
      /^AI governance digest · Fri 3 Jul 2026\nSix barriers moved, [\s\S]+?\n\d+ events from \d+ items/,
    );
    for (const heading of ['Geopolitical deadlock [CH 2.1]', 'Weakened institutions [CH 2.2]', 'Also relevant']) {
      expect(digest).toContain(`\n${heading}`);
    }
    expect(digest).toMatch(/^▲ .+\n(?: {2}.+\n)* {2}“.+” \[CH 2\.1\]\n {2}https:\/\//m);
    expect(digest).toMatch(/^▼ /m);
    expect(digest).toMatch(/\nComing up within three weeks\nMon 6 Jul 2026 .+\nhttps:/);
    expect(digest).toMatch(/\nNot read 1 source\n.+: answered 503/);
  });

  it('answers each line of its input under the banner, and leaves when the input ends', async () => {
    const input = ['/barrier', '/barrier search code of practice', '/digest status', '/feeds health', '/nonsense'];
    const { code, out } = await run(folder.path, ['demo'], { input });
    expect(code).toBe(0);
    expect(screens(out).map((screen) => screen.split('\n')[0])).toEqual([
      'AI governance digest · Fri 3 Jul 2026',
      'The six barriers to governing AI internationally',
      'Search: code of practice',
      'Digest of this channel',
      '! Feed health: 19 of 20 read',
      '! That did not work',
    ]);
  });

  it('explains an item by the id that the digest shows', async () => {
    const program = new Program(folder.path, ['demo']);
    await program.says('Next digest');
    const id = /^ {2}.+ · ([0-9a-v]{10})$/m.exec(program.out)?.[1] ?? expect.fail('no id in the digest');
    program.type([`/barrier why ${id}`]);
    const { out, code } = await program.ended;
    expect(code).toBe(0);
    expect(screens(out).at(-1)).toMatch(/^Why: [\s\S]+confidence \d+ %[\s\S]+It was in the digest of Fri 3 Jul 2026/);
  });

  it('stops at “exit” and answers nothing behind it', async () => {
    const { code, out } = await run(folder.path, ['demo'], { input: ['/digest status', 'exit', '/feeds list'] });
    expect(code).toBe(0);
    expect(screens(out)).toHaveLength(2);
  });

  it('reads the same sources again when its database is kept, and does not print the digest twice', async () => {
    const words = ['demo', '--once', '--database', 'kept.db'];
    const first = await run(folder.path, words);
    const second = await run(folder.path, words);
    expect([first.code, second.code, second.err]).toEqual([0, 0, '']);
    expect(second.out.match(/: unchanged$/gm)).toHaveLength(19);
    expect(second.out).toContain('This digest was posted before');
    expect(second.out).not.toContain('AI governance digest');
  });

  it('takes a feed off the list and puts it back', async () => {
    const input = ['/feeds remove us-nist-news', '/feeds undo', '/feeds history', '/feeds export json'];
    const { out } = await run(folder.path, ['demo'], { input });
    expect(screens(out)[1]).toContain('Removed: ');
    expect(screens(out)[2]).toContain('Undone: remove us-nist-news');
    expect(screens(out)[4]).toContain('"id": "us-nist-news"');
  });

  it('shows the same on its web page, until it is stopped', async () => {
    const program = new Program(folder.path, ['demo'], { HTTP_PORT: String(await freePort()) });
    await program.says('Next digest');
    const address = /Web page: (\S+)/.exec(program.out)?.[1] ?? expect.fail('no address was printed');
    const page = await fetch(`${address}digest`);
    expect(await page.text()).toMatch(/recorded sample[\s\S]+AI governance digest · Fri 3 Jul 2026/);
    const health = await fetch(`${address}health`);
    expect([health.status, await health.json()]).toMatchObject([200, { feeds: { listed: 20, read: 19, failing: 1 } }]);
    program.kill('SIGTERM');
    expect((await program.ended).code).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : expect.fail('no port');
}

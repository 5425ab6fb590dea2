import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestServer } from '../feeds/server.ts';
import { ModelServer } from '../second-reader/server.ts';
import { PATIENCE, Program, run, temporaryFolder } from './program.ts';

const KEY = 'sk-not-to-be-seen';
const TITLE = 'Trump signs executive order to preempt state AI laws';
const SUMMARY = 'The agency that enforces them loses half of its staff.';

const source = new TestServer();
const model = new ModelServer();
let folder = temporaryFolder();
beforeAll(() => Promise.all([source.start(), model.start()]));
afterAll(() => Promise.all([source.stop(), model.stop()]));
beforeEach(() => {
  folder = temporaryFolder();
  model.sent.length = 0;
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  const document = `<rss version="2.0"><channel><title>A source</title><item><guid>1</guid><title>${TITLE}</title>
    <description>${SUMMARY}</description><link>https://news.example/1</link><pubDate>${date}</pubDate></item></channel></rss>`;
  source.answer = (_, response) => response.setHeader('Content-Type', 'application/rss+xml').end(document);
  const feed = { id: 'f', title: 'Source', url: source.url('/feed'), kind: 'rss', stream: 'us' };
  writeFileSync(join(folder.path, 'feeds.json'), JSON.stringify([feed]));
});
afterEach(() => folder.remove());

const settings = (extra: Record<string, string> = {}) => ({
  FEEDS_FILE: 'feeds.json',
  FEED_ALLOW_PRIVATE: '127.0.0.1',
  DATABASE_FILE: 'test.db',
  LOG_LEVEL: 'trace',
  ...extra,
});
const withModel = () => settings({ TAGGER_API_URL: model.url, TAGGER_API_KEY: KEY, TAGGER_MODEL: 'test-model' });

describe('the program with a second reader', { timeout: PATIENCE }, () => {
  it('prints a digest that holds what it added, with its proof', async () => {
    model.writes({
      barriers: {
        'geopolitical-deadlock': { direction: 'deepens', quotes: ['executive order to preempt state AI laws'] },
        'weakened-institutions': { direction: 'deepens', quotes: ['loses half of its staff'] },
      },
      primary: 'weakened-institutions',
    });
    const { code, out, err } = await run(folder.path, ['--once'], { settings: withModel() });
    expect(code).toBe(0);
    expect(model.sent).toHaveLength(1);
    expect(out).toMatch(/Weakened institutions \[CH 2\.2\]\n▲ Trump signs executive order/);
    expect(out).toContain('“loses half of its staff”');
    expect(out + err).not.toContain(KEY);
  });

  it('prints the rules’ digest where it fails, and never the key', async () => {
    model.fails(401);
    const { code, out, err } = await run(folder.path, ['--once'], { settings: withModel() });
    expect(code).toBe(0);
    expect(out).toContain(`▲ ${TITLE}`);
    expect(err).toContain('the second reader cannot be asked: answered 401');
    const doctor = await run(folder.path, ['doctor'], { settings: withModel() });
    expect(doctor.out).toContain('Check TAGGER_API_KEY.');
    expect(out + err + doctor.out + doctor.err).not.toContain(KEY);
  });

  it('ends at once when it is stopped while the model reads, and posts nothing half read', async () => {
    const program = new Program(folder.path, ['--once'], withModel());
    program.type([]);
    model.answer = () => program.kill('SIGTERM');
    const { code, out, err } = await program.ended;
    expect({ code, digests: out.split('AI governance digest').length - 1 }).toEqual({ code: 0, digests: 0 });
    expect(err).not.toContain('fault');
    model.writes({});
    const next = await run(folder.path, ['--once'], { settings: withModel() });
    expect(next.out).toContain('AI governance digest');
  });

  it('asks nothing without the setting, and nothing in the demo', async () => {
    await run(folder.path, ['--once'], { settings: settings({ TAGGER_API_KEY: KEY, TAGGER_MODEL: 'test-model' }) });
    await run(folder.path, ['demo', '--once'], { settings: withModel() });
    expect(model.sent).toEqual([]);
  });
});

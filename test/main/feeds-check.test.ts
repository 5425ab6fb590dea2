import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMirror } from '../feeds/mirror.ts';
import { PATIENCE, run, temporaryFolder } from './program.ts';

const folder = temporaryFolder();
let mirror: Awaited<ReturnType<typeof startMirror>>;
beforeAll(async () => {
  mirror = await startMirror();
});
afterAll(async () => {
  folder.remove();
  await mirror.close();
});

it(
  'feeds-check reads the sources that are on by default from a mirror, and prints how each did',
  async () => {
    const { code, out } = await run(folder.path, ['feeds-check', '--mirror', mirror.url]);
    expect(out).toMatch(/^uk-aisi-blog {2,}page +on +read +2 +2026-09-21/m);
    expect(out).not.toContain('us-commerce-press');
    expect(out).toMatch(/^(\d+) of \1 read, 0 empty, 0 failed$/m);
    expect(code).toBe(0);
  },
  PATIENCE,
);

it(
  'feeds-check ends with 2 when no source could be read, and --all checks those that are off too',
  async () => {
    const { code, out } = await run(folder.path, ['feeds-check', '--all', '--mirror', 'http://127.0.0.1:1']);
    expect(out).toMatch(/^us-commerce-press .* failed .* 127\.0\.0\.1 refused the connection$/m);
    expect(out).toContain('0 of 80 read, 0 empty, 80 failed');
    expect(code).toBe(2);
  },
  PATIENCE,
);

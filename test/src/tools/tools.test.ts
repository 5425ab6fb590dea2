import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const tool = (name: string): string => fileURLToPath(new URL(`../../../src/tools/${name}.ts`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'barrierwatch-tools-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, args: readonly string[], input = ''): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool(name), ...args], { input, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

const item = { id: 'one', title: 'EU to delay high-risk rules of the AI Act', summary: null };

describe('the tag tool', () => {
  it('writes one line for each item, in order, with exact quotes', () => {
    const plain = { id: 'two', title: 'Commission adopts tariffs on steel' };
    const { status, out } = run('tag', [], `\uFEFF${JSON.stringify(item)}\n\n${JSON.stringify(plain)}\r\n`);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(lines.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(lines[1]).toEqual({ id: 'two', relevant: false, taggings: [], primary: null, crisis: false });
    expect(lines[0].taggings.length).toBeGreaterThan(0);
    for (const { evidence } of lines[0].taggings)
      for (const { start, end, quote } of evidence) expect(item.title.slice(start, end)).toBe(quote);
  });

  it('names a bad line, goes on, and ends with 1', () => {
    const { status, out, err } = run('tag', [], `not json\n{"title":"no id"}\n${JSON.stringify(item)}\n`);
    expect(status).toBe(1);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^line 1: .+\nline 2: id: .+\n$/);
  });

  it('writes nothing for nothing', () => {
    expect(run('tag', [])).toEqual({ status: 0, out: '', err: '' });
  });

  it('ends quietly when the reader leaves', async () => {
    const child = spawn(process.execPath, [tool('tag')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(item)}\n`.repeat(20_000));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    await once(child, 'close');
    expect(err).toBe('');
  });
});

describe('the eval tool', () => {
  const gold = join(folder, 'gold.jsonl');
  const label = { ...item, relevant: true, barriers: { 'pacing-gap': 'deepens' }, primary: null, crisis: false };
  writeFileSync(gold, `${JSON.stringify(label)}\n`);

  it('reports for people', () => {
    const { status, out } = run('eval', ['--gold', gold]);
    expect(status).toBe(0);
    expect(out).toMatch(/^1 items\n/);
    expect(out).toMatch(/pacing-gap +1\.000 +1\.000 +1\.000/);
    expect(out).toContain('macro F1');
  });

  it('reports for programs', () => {
    const scored = JSON.parse(run('eval', ['--gold', gold, '--json']).out);
    expect(scored.barriers['pacing-gap'].hits).toBe(1);
  });

  it.each([
    ['no file named', [], /^Name the labelled items/],
    ['a missing file', ['--gold', join(folder, 'none.jsonl')], /none\.jsonl cannot be read: there is no such file\n$/],
    ['an unknown option', ['--glod', gold], /--glod/],
  ])('says in one sentence what is wrong: %s', (_fault, args, message) => {
    const { status, out, err } = run('eval', args);
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('names the line that is no labelled item', () => {
    const bad = join(folder, 'bad.jsonl');
    writeFileSync(bad, `${JSON.stringify(label)}\n{"id":"x"}\n`);
    const { status, err } = run('eval', ['--gold', bad]);
    expect(status).toBe(1);
    expect(err).toContain('bad.jsonl, line 2');
  });
});

import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LAYERS = ['src', 'adapters', 'feeds', 'store'] as const;
const LONGEST_FILE = 300;

/** The only folder each npm client may be imported from. */
const HOMES: Readonly<Record<string, string>> = {
  'better-sqlite3': 'store/sqlite/',
  undici: 'feeds/',
  'rss-parser': 'feeds/',
  htmlparser2: 'feeds/',
  yaml: 'src/taxonomy/',
  pino: 'src/log.ts',
  'pino-pretty': 'src/log.ts',
  'node-cron': 'src/heartbeat.ts',
  'temporal-polyfill': 'src/time.ts',
  'discord.js': 'adapters/discord/',
  '@slack/bolt': 'adapters/slack/',
};

interface Import {
  readonly file: string;
  readonly target: string;
}

function sourceFiles(): string[] {
  return LAYERS.flatMap((layer) => globSync(`${layer}/**/*.ts`, { cwd: ROOT })).map((file) =>
    file.replaceAll('\\', '/'),
  );
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => {
    const name = match[1] ?? match[2] ?? '';
    return { file, target: name.startsWith('.') ? normalize(join(dirname(file), name)).replaceAll('\\', '/') : name };
  });
}

/** What is wrong with one import, in words; undefined when nothing is. */
function faultOf({ file, target }: Import): string | undefined {
  const layer = file.split('/')[0];
  const targetLayer = LAYERS.find((each) => target.startsWith(`${each}/`));
  if (file !== 'src/main.ts' && targetLayer && targetLayer !== 'src' && targetLayer !== layer) {
    return `${file} imports ${target}: only src/main.ts joins the layers`;
  }
  if (layer === 'adapters' && targetLayer === 'adapters' && file.split('/')[1] !== target.split('/')[1]) {
    return `${file} imports ${target}: no adapter imports another`;
  }
  const client = Object.keys(HOMES).find((name) => target === name || target.startsWith(`${name}/`));
  const home = client === undefined ? undefined : HOMES[client];
  if (home !== undefined && !file.startsWith(home)) return `${file} imports ${client}: it belongs in ${home} alone`;
  return undefined;
}

describe('the architecture', () => {
  const files = sourceFiles();
  const imports = files.flatMap((file) => importsOf(file, readFileSync(join(ROOT, file), 'utf8')));

  it('is read from real files', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(150);
  });

  it('lets imports run one way and keeps each npm client in its folder', () => {
    expect(imports.map(faultOf).filter(Boolean)).toEqual([]);
  });

  it.each([
    ['src/bot.ts', "import { openStore } from '../store/sqlite/index.ts';"],
    ['feeds/rss.ts', "import type { Row } from '../store/sqlite/rows.ts';"],
    ['adapters/slack/index.ts', "import { render } from '../local/render.ts';"],
    ['src/poll.ts', "import { request } from 'undici';"],
    ['src/log2.ts', "export { pino } from 'pino';"],
    ['store/sqlite/items.ts', "const parser = await import('rss-parser');"],
  ])('would refuse in %s: %s', (file, text) => {
    expect(importsOf(file, text).map(faultOf)[0]).toContain(file);
  });

  it(`has no file above ${LONGEST_FILE} lines`, () => {
    const all = [...files, ...globSync('test/**/*.ts', { cwd: ROOT })];
    const long = all
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
  });

  it('ends every relative import in .ts or .json and stays inside the project', () => {
    const relativeImports = imports.filter(
      ({ target }) => LAYERS.some((layer) => target.startsWith(layer)) || target.startsWith('..'),
    );
    const odd = relativeImports.filter(
      ({ target }) => !/\.(ts|json)$/.test(target) || relative(ROOT, join(ROOT, target)).startsWith('..'),
    );
    expect(odd).toEqual([]);
  });
});

/** Other programs that read the same feeds from the same server, where they are installed (Debian: newsboat, sfeed, curl). */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const AT_ONCE = 16;

/** A program that reads feeds, ready to be measured. */
export interface Peer {
  readonly name: string;
  /** Reads all feeds once; resolves with the seconds of processor time it took. */
  reload(): Promise<number>;
  /** How many items it holds. */
  items(): number;
}

/** Those that are installed; `missing` names the others. */
export function peers(folder: string, urls: readonly string[]): { found: Peer[]; missing: string[] } {
  const all = [
    { name: 'newsboat', needs: ['newsboat'], open: newsboat },
    { name: 'sfeed', needs: ['sfeed_update', 'sfeed', 'curl'], open: sfeed },
  ];
  const isHere = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  const found = all.filter(({ needs }) => needs.every(isHere));
  return {
    found: found.map(({ name, open }) => open(join(folder, name), urls)),
    missing: all.filter((peer) => !found.includes(peer)).map(({ name }) => name),
  };
}

function newsboat(folder: string, urls: readonly string[]): Peer {
  mkdirSync(folder);
  const [list, config, cache] = ['urls', 'config', 'cache.db'].map((name) => join(folder, name));
  writeFileSync(list ?? '', `${urls.join('\n')}\n`);
  writeFileSync(config ?? '', `reload-threads ${AT_ONCE}\nmax-items 0\nuser-agent "bench"\n`);
  return {
    name: 'newsboat',
    reload: () => run('newsboat', ['-u', list ?? '', '-C', config ?? '', '-c', cache ?? '', '-x', 'reload']),
    items() {
      const database = new Database(cache, { readonly: true });
      const count = database.prepare<[], number>('SELECT count(*) FROM rss_item').pluck().get();
      database.close();
      return count ?? 0;
    },
  };
}

function sfeed(folder: string, urls: readonly string[]): Peer {
  mkdirSync(folder);
  const [config = '', feeds = ''] = ['sfeedrc', 'feeds'].map((name) => join(folder, name));
  const lines = urls.map((url, number) => `  feed "feed-${number}" "${url}"`);
  writeFileSync(config, `sfeedpath="${feeds}"\nmaxjobs=${AT_ONCE}\nfeeds() {\n${lines.join('\n')}\n}\n`);
  mkdirSync(feeds);
  return {
    name: 'sfeed',
    reload: () => run('sfeed_update', [config]),
    items: () =>
      readdirSync(feeds)
        .map((name) => readFileSync(join(feeds, name), 'utf8').split('\n').length - 1)
        .reduce((sum, count) => sum + count, 0),
  };
}

/** Runs a program to its end; `times` of the shell tells what it and its own children used. */
async function run(program: string, words: readonly string[]): Promise<number> {
  const script = '"$@" >/dev/null 2>&1; code=$?; times; exit $code';
  const child = spawn('sh', ['-c', script, 'sh', program, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  const ofChildren = said.trim().split('\n').at(-1) ?? '';
  return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
}

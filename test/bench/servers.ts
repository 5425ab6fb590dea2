import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts a process that serves `feeds` made-up feeds of `items` items, and one of `bigItems` at `/big`. */
export async function startFeeds(feeds: number, items: number, bigItems = 0) {
  const server = fork(new URL('./feed-server.ts', import.meta.url), [feeds, items, bigItems].map(String));
  const [port] = await once(server, 'message');
  const base = `http://127.0.0.1:${port}`;
  return {
    urls: Array.from({ length: feeds }, (_, number) => `${base}/${number}`),
    url: (path: string) => `${base}${path}`,
    stop: () => server.disconnect(),
  };
}

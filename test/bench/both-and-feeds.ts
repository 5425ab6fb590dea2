/** Both platforms with a bot of its own process, and a process that serves made-up feeds to it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openBoth } from '../main/both-platforms.ts';
import { temporaryFolder } from '../main/program.ts';

/** Opens them with so many feeds of so many items each. */
export async function openBothWithFeeds(feeds: number, items: number) {
  const folder = temporaryFolder();
  const server = fork(new URL('./feed-server.ts', import.meta.url), [String(feeds), String(items)]);
  const [port] = await once(server, 'message');
  const sources = Array.from({ length: feeds }, (_, number) => ({
    id: `f${number}`,
    url: `http://127.0.0.1:${port}/${number}`,
  }));
  return { folder, server, port, both: await openBoth(folder.path, sources) };
}

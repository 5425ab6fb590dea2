/** Posts to one channel go out one after the other, in the order they were asked for. */
import type { Channel } from './model.ts';
import type { Adapter } from './ports.ts';

/** The newest post under way to each channel of an adapter; a restart has none. */
const underWay = new WeakMap<Adapter, Map<string, Promise<unknown>>>();

/** Runs `task` once what was asked for before in the same channel has ended, however it ended. */
export async function inTurn<Result>(adapter: Adapter, channel: Channel, task: () => Promise<Result>): Promise<Result> {
  const channels = underWay.get(adapter) ?? new Map<string, Promise<unknown>>();
  underWay.set(adapter, channels);
  const name = `${channel.workspaceId} ${channel.id}`;
  const before = channels.get(name);
  const post = async () => {
    await before;
    return task();
  };
  const posting = post();
  // The next in line waits for the end; how this one ended is for its own caller.
  const ended = posting.then(
    () => {},
    () => {},
  );
  channels.set(name, ended);
  try {
    return await posting;
  } finally {
    if (channels.get(name) === ended) channels.delete(name);
  }
}

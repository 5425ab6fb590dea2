/** Posts to one channel go out one after the other, in the order they were asked for. */
import type { Card } from './card.ts';
import type { Channel } from './model.ts';
import type { Adapter } from './ports.ts';

/** The newest post under way to each channel of an adapter; a restart has none. */
const underWay = new WeakMap<Adapter, Map<string, Promise<unknown>>>();

/** Posts once what was asked for before in the same channel has ended, however it ended. */
export async function postInTurn(adapter: Adapter, channel: Channel, card: Card, key: string): Promise<string> {
  const channels = underWay.get(adapter) ?? new Map<string, Promise<unknown>>();
  underWay.set(adapter, channels);
  const name = `${channel.workspaceId} ${channel.id}`;
  const before = channels.get(name);
  const post = async () => {
    await before;
    return adapter.post(channel, card, key);
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

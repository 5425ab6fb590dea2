import { describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import type { Channel } from '../../src/model.ts';
import type { Adapter } from '../../src/ports.ts';
import { inTurn } from '../../src/turns.ts';
import { CARD, CHANNEL } from '../test-bot.ts';

/** An adapter whose posts wait until they are let through. */
function held() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const adapter: Adapter = {
    name: 'local',
    start: async () => 'on',
    stop: async () => {},
    post(_channel, _card, key) {
      begun.push(key);
      const end = Promise.withResolvers<string>();
      ends.set(key, end);
      return end.promise;
    },
    resume: async () => ({ messageRef: 'm', found: 0, messages: 1 }),
    revise: async () => true,
    tell: async () => {},
    obstacle: async () => undefined,
  };
  return { adapter, begun, ends };
}

const postInTurn = (adapter: Adapter, channel: Channel, key: string) =>
  inTurn(adapter, channel, () => adapter.post(channel, CARD, key));

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('posts to one channel', () => {
  it('go out one after the other in the order they were asked for, also after one that failed', async () => {
    const { adapter, begun, ends } = held();
    const first = postInTurn(adapter, CHANNEL, 'first');
    const second = postInTurn(adapter, CHANNEL, 'second');
    const third = postInTurn(adapter, CHANNEL, 'third');
    await turn();
    expect(begun).toEqual(['first']);
    ends.get('first')?.reject(new WorldError('answered 503'));
    await expect(first).rejects.toThrow('answered 503');
    await turn();
    expect(begun).toEqual(['first', 'second']);
    ends.get('second')?.resolve('m2');
    expect(await second).toBe('m2');
    await turn();
    ends.get('third')?.resolve('m3');
    expect(await third).toBe('m3');
  });

  it('do not wait for those to another, nor for the same name in another workspace', async () => {
    const { adapter, begun, ends } = held();
    const posts = [
      postInTurn(adapter, CHANNEL, 'one'),
      postInTurn(adapter, { ...CHANNEL, id: 'other' }, 'two'),
      postInTurn(adapter, { ...CHANNEL, workspaceId: 'other' }, 'three'),
    ];
    await turn();
    expect(begun).toEqual(['one', 'two', 'three']);
    for (const end of ends.values()) end.resolve('m');
    await Promise.all(posts);
  });
});

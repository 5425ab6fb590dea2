import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../src/card.ts';
import { WorldError } from '../../src/errors.ts';
import type { Channel } from '../../src/model.ts';
import type { Adapter } from '../../src/ports.ts';

/** One adapter to be tried, with a stand-in for its platform. */
export interface AdapterCase {
  readonly adapter: Adapter;
  /** A channel that takes messages. */
  readonly channel: Channel;
  /** All that has been shown in the channel so far, in the order it was posted. */
  readonly shown: () => string;
  /** True where the platform shows another card in place of a posted one. */
  readonly revises: boolean;
  /** From now on the platform takes no message any more. */
  readonly breakPlatform: () => void;
  /** The adapter anew on the same platform, as after the program has died; absent where nobody can look what was shown. */
  readonly restart?: () => Promise<Adapter>;
  readonly close: () => Promise<void>;
}

function card(title: string): Card {
  return {
    title,
    tone: 'plain',
    public: true,
    timeZone: 'Europe/Brussels',
    blocks: [{ kind: 'text', runs: [{ text: 'Words of the card.' }] }],
  };
}

/** What every adapter must do; `open` gives a new one that has not been started. */
export function adapterContract(name: string, open: () => Promise<AdapterCase>): void {
  describe(`the ${name} adapter`, () => {
    let tried: AdapterCase;
    beforeEach(async () => {
      tried = await open();
    });
    afterEach(() => tried.close());

    it('has the name that its channels carry', () => {
      expect(tried.channel.adapter).toBe(tried.adapter.name);
    });

    it('posts once it has started', async () => {
      await tried.adapter.start();
      expect(await tried.adapter.post(tried.channel, card('The first'), 'The first')).not.toBe('');
      expect(tried.shown()).toContain('The first');
      expect(tried.shown()).toContain('Words of the card.');
    });

    it('posts in order, each message once and with a reference of its own', async () => {
      await tried.adapter.start();
      const titles = Array.from({ length: 5 }, (_, index) => `Message ${index} of five`);
      const references: string[] = [];
      for (const title of titles) references.push(await tried.adapter.post(tried.channel, card(title), title));
      expect(new Set(references).size).toBe(titles.length);
      const found = tried.shown().match(/Message \d of five/g);
      expect(found).toEqual(titles);
    });

    it('can be started again after a stop, and stopped again', async () => {
      await tried.adapter.start();
      await tried.adapter.stop();
      await tried.adapter.start();
      await tried.adapter.post(tried.channel, card('After the second start'), 'After the second start');
      await tried.adapter.stop();
      expect(tried.shown()).toContain('After the second start');
    });

    it('takes a start or a stop too many in its stride', async () => {
      await tried.adapter.stop();
      await tried.adapter.start();
      await tried.adapter.start();
      await tried.adapter.post(tried.channel, card('Posted once'), 'Posted once');
      expect(tried.shown().split('Posted once')).toHaveLength(2);
      await tried.adapter.stop();
      await tried.adapter.stop();
    });

    it.each(['before its start', 'after its stop'])(
      '%s it posts, or says with a WorldError that it did not',
      async (moment) => {
        if (moment === 'after its stop') {
          await tried.adapter.start();
          await tried.adapter.stop();
        }
        const result = await tried.adapter
          .post(tried.channel, card('Out of hours'), 'Out of hours')
          .catch((thrown: unknown) => thrown);
        if (result instanceof WorldError) expect(tried.shown()).not.toContain('Out of hours');
        else {
          expect(result).toEqual(expect.stringMatching(/./));
          expect(tried.shown()).toContain('Out of hours');
        }
      },
    );

    it('shows another card in place of a posted one, also twice, or says that it cannot', async () => {
      await tried.adapter.start();
      const reference = await tried.adapter.post(tried.channel, card('As it was'), 'a key');
      for (let time = 0; time < 2; time++) {
        expect(await tried.adapter.revise(tried.channel, reference, card('As it is'), 'a key')).toBe(tried.revises);
        const [old, now] = ['As it was', 'As it is'].map((title) => tried.shown().split(title).length - 1);
        expect([old, now]).toEqual(tried.revises ? [0, 1] : [1, 0]);
      }
    });

    it('revises nothing that was never posted', async () => {
      await tried.adapter.start();
      const [reference, key] = ['1234567890.123456', 'no such key'];
      expect(await tried.adapter.revise(tried.channel, reference, card('Out of nowhere'), key)).toBe(false);
      expect(tried.shown()).not.toContain('Out of nowhere');
    });

    it('says with a WorldError that the platform took no message', async () => {
      await tried.adapter.start();
      tried.breakPlatform();
      await expect(tried.adapter.post(tried.channel, card('Lost'), 'Lost')).rejects.toBeInstanceOf(WorldError);
    });

    describe('a post of which nobody knows whether it arrived', () => {
      const long: Card = { ...card('Resumed'), thread: [{ kind: 'text', runs: [{ text: 'Words of the thread.' }] }] };
      const since = '2026-06-10T06:30:00.000Z';
      const resume = async () => {
        if (!tried.restart) return tried.adapter.resume(tried.channel, long, 'a key', since);
        return (await tried.restart()).resume(tried.channel, long, 'a key', since);
      };
      const shownTimes = (words: string) => tried.shown().split(words).length - 1;

      it('is not shown again where it had arrived, or where that cannot be seen', async () => {
        await tried.adapter.start();
        const messageRef = await tried.adapter.post(tried.channel, long, 'a key');
        const shown = tried.shown();
        const result = await resume().catch((thrown: unknown) => thrown);
        if (tried.restart) expect(result).toEqual({ messageRef, found: 2, messages: 2 });
        else expect(result).toMatchObject({ name: 'DoubtError', isLasting: true });
        expect(tried.shown()).toBe(shown);
      });

      it('is shown once where it surely had not arrived', async () => {
        await tried.adapter.start();
        // The same words under another key are another message.
        await tried.adapter.post(tried.channel, long, 'another key');
        const before = shownTimes('Words of the thread.');
        const result = await resume().catch((thrown: unknown) => thrown);
        if (tried.restart) expect(result).toMatchObject({ found: 0, messages: 2 });
        else expect(result).toMatchObject({ name: 'DoubtError', isLasting: true });
        expect(shownTimes('Words of the thread.') - before).toBe(tried.restart ? 1 : 0);
      });

      it('is in doubt while the platform is not connected or takes nothing', async () => {
        await expect(tried.adapter.resume(tried.channel, long, 'a key', since)).rejects.toThrow();
        await tried.adapter.start();
        tried.breakPlatform();
        await expect(tried.adapter.resume(tried.channel, long, 'a key', since)).rejects.toThrow();
        expect(shownTimes('Words of the thread.')).toBe(0);
      });
    });
  });
}

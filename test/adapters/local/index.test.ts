import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLocalAdapter, TERMINAL } from '../../../adapters/local/index.ts';
import type { Check } from '../../../src/poll.ts';
import { adapterContract } from '../../contracts/adapter.ts';
import { createTestBot, feedDraft, localUser, WORKSPACE } from '../../test-bot.ts';

/** A reader that can be taken away, as when the other end of a pipe closes. */
class Screen extends Writable {
  text = '';
  isGone = false;
  isTTY = false;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (!this.isGone) this.text += chunk.toString();
    done(this.isGone ? new Error('EPIPE') : undefined);
  }
}

async function open({ isTTY = false, banner }: { isTTY?: boolean; banner?: string } = {}) {
  const { store, say } = await createTestBot([feedDraft('us')], new Map());
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new Screen();
  output.isTTY = isTTY;
  // A lost reader is told to whoever posts; the stream's own event is for the program as a whole.
  output.on('error', () => {});
  const ends: string[] = [];
  const adapter = createLocalAdapter({
    bot: { handle: async (invocation) => say('text' in invocation ? invocation.text : '') },
    complete: async () => [],
    workspace: WORKSPACE,
    user: localUser(),
    input,
    output,
    ...(banner ? { banner } : {}),
    onEnd: (reason) => ends.push(reason),
  });
  return { adapter, input, output, ends, store };
}

/** Waits until the program has done what the input asks for. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

adapterContract('local', async () => {
  const { adapter, output, store } = await open();
  return {
    adapter,
    channel: TERMINAL,
    shown: () => output.text,
    revises: false,
    breakPlatform: () => {
      output.isGone = true;
    },
    async close() {
      await adapter.stop();
      await store.close();
    },
  };
});

function check(id: string, found: Partial<Check>): Check {
  const feed = {
    id,
    kind: 'rss',
    url: `https://${id}.example/`,
    broad: false,
    nextCheckAt: '',
    errorCount: 0,
  } as const;
  return { feed, kind: 'changed', newItems: 0, ...found };
}

describe('the terminal', () => {
  it('answers line after line in order, under the banner', async () => {
    const { adapter, input, output, ends } = await open({ banner: 'recorded sample' });
    await adapter.start();
    input.end('/feeds list\n\n/digest status\n/barrier help search\n');
    await until(() => ends.length > 0);
    const titles = output.text.match(/^\[recorded sample\] .+$/gm);
    expect(titles).toEqual([
      '[recorded sample] 1 feed',
      '[recorded sample] Digest of this channel',
      '[recorded sample] Help: search',
    ]);
    expect(ends).toEqual(['end']);
    expect(output.text).not.toContain('\u001b');
  });

  it('uses colours on a terminal', async () => {
    const { adapter, output } = await open({ isTTY: true });
    await adapter.notice('hello');
    await adapter.post(TERMINAL, { title: 'A title', tone: 'good', blocks: [], timeZone: 'UTC', public: true }, 'a');
    expect(output.text).toBe('hello\n\n\u001b[1m✓ A title\u001b[22m\n');
  });

  it('ends the bar before it says anything else', async () => {
    const { adapter, output } = await open({ isTTY: true });
    const progress = adapter.progress((id) => id);
    progress(check('one', { newItems: 2 }), 1, 3);
    await adapter.notice('hello');
    expect(output.text).toMatch(/1\/3 sources · 2 new items\nhello\n$/);
  });

  it('shows no bar beside a prompt, only failures and what was found', async () => {
    const { adapter, output } = await open({ isTTY: true });
    const progress = adapter.progress((id) => id.toUpperCase());
    await adapter.start();
    output.text = '';
    progress(check('one', { newItems: 2 }), 1, 3);
    progress(check('two', { kind: 'failed', error: 'answered 500' }), 2, 3);
    progress(check('three', { newItems: 1 }), 3, 3);
    progress(check('four', { kind: 'unchanged' }), 1, 1);
    await setImmediate();
    expect(output.text).not.toContain('sources');
    expect(output.text).toContain('TWO: answered 500\n');
    expect(output.text).toContain('3 new items read.');
    expect(output.text.match(/read\./g)).toHaveLength(1);
    await adapter.stop();
  });

  it('ends the prompt when nobody reads its answers any more', async () => {
    const { adapter, input, output, ends } = await open();
    await adapter.start();
    output.isGone = true;
    input.write('/feeds list\n/feeds health\n');
    await until(() => ends.length > 0);
    expect(ends).toEqual(['end']);
  });
});

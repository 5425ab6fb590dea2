import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpacing } from '../../../feeds/http/spacing.ts';

describe('spacing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const signal = new AbortController().signal;

  /** Asks for turns and notes who had one. */
  function ask(milliseconds: number) {
    const spacing = createSpacing(milliseconds);
    const had: string[] = [];
    const turn = (host: string, name: string, with_ = signal) => spacing.turn(host, with_).then(() => had.push(name));
    return { spacing, had, turn };
  }

  it('gives one turn a second for a host, in the order of asking', async () => {
    const { had, turn } = ask(1_000);
    for (const name of ['first', 'second', 'third']) void turn('a.example', name);
    await vi.advanceTimersByTimeAsync(0);
    expect(had).toEqual(['first']);
    await vi.advanceTimersByTimeAsync(999);
    expect(had).toEqual(['first']);
    await vi.advanceTimersByTimeAsync(1);
    expect(had).toEqual(['first', 'second']);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(had).toEqual(['first', 'second', 'third']);
  });

  it('lets hosts not wait for each other, nor for a host that was asked long ago', async () => {
    const { had, turn } = ask(1_000);
    void turn('a.example', 'a');
    void turn('b.example', 'b');
    await vi.advanceTimersByTimeAsync(1_000);
    void turn('a.example', 'a again');
    await vi.advanceTimersByTimeAsync(0);
    expect(had).toEqual(['a', 'b', 'a again']);
  });

  it('lets a waiting caller leave the queue without holding up those behind', async () => {
    const { had, turn } = ask(1_000);
    const controller = new AbortController();
    void turn('a.example', 'first');
    const leaving = turn('a.example', 'leaving', controller.signal);
    void turn('a.example', 'last');
    controller.abort(new Error('no longer needed'));
    await expect(leaving).rejects.toThrow('no longer needed');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(had).toEqual(['first', 'last']);
  });

  it('leaves no timer behind when it closes', async () => {
    const { spacing, turn } = ask(1_000);
    await turn('a.example', 'first');
    spacing.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait at all where no spacing is wanted', async () => {
    const { had, turn } = ask(0);
    await Promise.all([turn('a.example', 'first'), turn('a.example', 'second')]);
    expect(had).toEqual(['first', 'second']);
  });
});

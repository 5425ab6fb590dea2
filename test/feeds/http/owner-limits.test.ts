import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOwnerLimits } from '../../../feeds/http/owner-limits.ts';
import { HOUR, plus } from '../../../src/time.ts';

const NOW = '2026-10-01T06:00:00.000Z';

describe('the limits of an owner', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(NOW), toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const signal = new AbortController().signal;

  /** Asks for places and notes who had one. */
  function ask(milliseconds: number) {
    const limits = createOwnerLimits(milliseconds, { now: () => new Date().toISOString() });
    const had: string[] = [];
    const refused: string[] = [];
    const leave = new Map<string, () => void>();
    const enter = (host: string, name: string, within = signal) =>
      limits.enter(host, within).then(
        (done) => {
          had.push(name);
          leave.set(name, done);
        },
        (reason: Error) => {
          refused.push(`${name}: ${reason.message}`);
        },
      );
    const done = (name: string) => leave.get(name)?.();
    return { limits, had, refused, enter, done };
  }
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  it('start one request a second at all hosts of one owner together, in the order of asking', async () => {
    const { had, enter, done } = ask(1_000);
    for (const name of ['first', 'second', 'third']) void enter(`${name}.europa.eu`, name).then(() => done(name));
    await pass(0);
    expect(had).toEqual(['first']);
    await pass(999);
    expect(had).toEqual(['first']);
    await pass(1);
    expect(had).toEqual(['first', 'second']);
    await pass(1_000);
    expect(had).toEqual(['first', 'second', 'third']);
  });

  it('do not touch other owners', async () => {
    const { had, enter } = ask(1_000);
    void enter('a.europa.eu', 'eu');
    void enter('www.nist.gov', 'us');
    void enter('news.un.org', 'un');
    await pass(0);
    expect(had).toEqual(['eu', 'us', 'un']);
  });

  it('let two requests be under way at once, and the next when one has ended', async () => {
    const { had, enter, done } = ask(0);
    for (const name of ['first', 'second', 'third', 'fourth']) void enter('nist.gov', name);
    await pass(60_000);
    expect(had).toEqual(['first', 'second']);
    done('first');
    done('first');
    await pass(0);
    expect(had).toEqual(['first', 'second', 'third']);
    done('second');
    await pass(0);
    expect(had).toHaveLength(4);
  });

  it('let a waiting caller leave without holding up those behind', async () => {
    const { had, refused, enter, done } = ask(0);
    const leaving = new AbortController();
    void enter('nist.gov', 'first');
    void enter('nist.gov', 'second');
    void enter('nist.gov', 'leaving', leaving.signal);
    void enter('nist.gov', 'last');
    await pass(10);
    leaving.abort(new Error('no longer needed'));
    await pass(0);
    expect(refused).toEqual(['leaving: no longer needed']);
    done('first');
    await pass(0);
    expect(had).toEqual(['first', 'second', 'last']);
  });

  it('hold all hosts of an owner for as long as one asks, also who waits already', async () => {
    const { limits, had, refused, enter, done } = ask(1_000);
    void enter('a.europa.eu', 'first');
    void enter('b.europa.eu', 'waiting');
    await pass(0);
    limits.hold('a.europa.eu', plus(NOW, HOUR));
    limits.hold('a.europa.eu', plus(NOW, HOUR / 2));
    done('first');
    await pass(1_000);
    void enter('c.europa.eu', 'later');
    void enter('nist.gov', 'other');
    await pass(0);
    expect(had).toEqual(['first', 'other']);
    expect(refused).toEqual(['waiting: not asked: europa.eu wants quiet', 'later: not asked: europa.eu wants quiet']);
    expect(() => limits.check('d.europa.eu')).toThrow('wants quiet');
    await pass(HOUR);
    await enter('b.europa.eu', 'after');
    expect(had.at(-1)).toBe('after');
  });

  it('keep a host’s own delay beside it, and send whoever would wait too long away until its turn', async () => {
    const { limits, had, refused, enter, done } = ask(1_000);
    limits.spaceOut('www.gao.gov', 420_000);
    await enter('www.gao.gov', 'first');
    done('first');
    await enter('www.gao.gov', 'second');
    expect(refused).toEqual(['second: not asked: its turn at www.gao.gov comes in 420 s']);
    await expect(limits.enter('www.gao.gov', signal)).rejects.toMatchObject({ notBefore: plus(NOW, 420_000) });
    void enter('files.gao.gov', 'neighbour');
    await pass(1_000);
    expect(had).toEqual(['first', 'neighbour']);
    await pass(419_000);
    await enter('www.gao.gov', 'again');
    expect(had.at(-1)).toBe('again');
  });

  it('forget owners that nothing is known of, so that memory stays flat', async () => {
    const { limits, enter, done } = ask(0);
    limits.hold('held.example', plus(NOW, HOUR));
    for (let number = 0; number < 10_050; number++) {
      await enter(`host-${number}.example${number}`, 'x');
      done('x');
    }
    expect(() => limits.check('held.example')).toThrow('wants quiet');
  });
});

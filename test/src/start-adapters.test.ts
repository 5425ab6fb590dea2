import { describe, expect, it } from 'vitest';
import { UserError, WorldError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports.ts';
import { startAdapters } from '../../src/start-adapters.ts';
import { keptLog } from '../test-bot.ts';

/** An adapter whose starts end one after the other as given; the last end repeats. */
function adapter(name: string, ...ends: readonly (string | Error)[]) {
  const starts: string[] = [];
  const made: Adapter = {
    name,
    async start() {
      const end = ends[Math.min(starts.length, ends.length - 1)] ?? 'on';
      starts.push(name);
      if (end instanceof Error) throw end;
      return end;
    },
    stop: async () => {},
    post: async () => 'm1',
    resume: async () => ({ messageRef: 'm1', found: 1, messages: 1 }),
    tell: async () => {},
    revise: async () => true,
    obstacle: async () => undefined,
  };
  return { ...made, starts };
}

async function startAll(adapters: readonly Adapter[], signal = new AbortController().signal) {
  const told: string[] = [];
  const log = keptLog();
  const notice = async (text: string) => {
    told.push(text);
  };
  let on = 0;
  const started = async () => {
    on += 1;
  };
  await startAdapters(adapters, { notice, started, log, signal, firstWait: 1 });
  return { told, logged: log.lines, on };
}

describe('starting adapters', () => {
  it('says in one line each where they are on', async () => {
    const { told } = await startAll([
      adapter('slack', 'on in Policy. /invite it to a channel.'),
      adapter('discord', 'on in 2 servers.'),
    ]);
    expect(told.sort()).toEqual(['Discord: on in 2 servers.', 'Slack: on in Policy. /invite it to a channel.']);
  });

  it('says of each that is on that it is, so that what waited for it is posted', async () => {
    const late = adapter('slack', new WorldError('no answer'), 'on');
    expect((await startAll([late, adapter('discord', new UserError('DISCORD_TOKEN is wrong.'))])).on).toBe(1);
  });

  it('says what a person has to mend, and does not try that again', async () => {
    const slack = adapter('slack', new UserError('SLACK_BOT_TOKEN was revoked; copy it anew.'));
    const { told, logged } = await startAll([slack, adapter('discord', 'on')]);
    expect(told.sort()).toEqual(['Discord: on', 'Slack: off. SLACK_BOT_TOKEN was revoked; copy it anew.']);
    expect(slack.starts).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  it('tries again what may pass until it answers, and says so once', async () => {
    const failure = new WorldError('slack.com could not be reached');
    const slack = adapter('slack', failure, failure, failure, 'on');
    const { told } = await startAll([slack]);
    expect(told).toEqual([
      'Slack: not connected yet: slack.com could not be reached. It is tried again until it answers.',
      'Slack: on',
    ]);
    expect(slack.starts).toHaveLength(4);
  });

  it('ends a sentence once, whether the failure ended it or not', async () => {
    const { told } = await startAll([adapter('slack', new WorldError('slack.com answered 503.'), 'on')]);
    expect(told[0]).toBe('Slack: not connected yet: slack.com answered 503. It is tried again until it answers.');
  });

  it('gives up where a person has to mend what stands behind a failure that seemed to pass', async () => {
    const slack = adapter('slack', new WorldError('no answer'), new UserError('the token is wrong.'));
    const { told } = await startAll([slack]);
    expect(told.at(-1)).toBe('Slack: off. the token is wrong.');
    expect(slack.starts).toHaveLength(2);
  });

  it('logs a fault of ours with its cause, and goes on with the others', async () => {
    const slack = adapter('slack', new TypeError('team is undefined'));
    const { told, logged } = await startAll([slack, adapter('discord', 'on')]);
    expect(told.sort()).toEqual(['Discord: on', 'Slack: off. team is undefined']);
    expect(logged.join()).toContain('Slack could not be started TypeError: team is undefined');
  });

  it('does not wait for a slow one before it says that another is on', async () => {
    const slow = Promise.withResolvers<string>();
    const discordOn = Promise.withResolvers<void>();
    const slack = { ...adapter('slack'), start: () => slow.promise };
    const starting = startAdapters([slack, adapter('discord', 'on')], {
      notice: async (text) => {
        if (text === 'Discord: on') discordOn.resolve();
      },
      started: async () => {},
      log: keptLog(),
      signal: new AbortController().signal,
    });
    await discordOn.promise;
    slow.resolve('on');
    await starting;
  });

  it('tries nothing again once the bot stops, also in the middle of a pause', async () => {
    const stopping = new AbortController();
    const slack = adapter('slack', new WorldError('no answer'));
    const told: string[] = [];
    await startAdapters([slack], {
      notice: async (text) => {
        told.push(text);
        // The pause that follows would be a minute.
        setImmediate(() => stopping.abort());
      },
      started: async () => {},
      log: keptLog(),
      signal: stopping.signal,
      firstWait: 60_000,
    });
    expect(slack.starts).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('starts nothing and says nothing where the bot has stopped already, or stops meanwhile', async () => {
    const before = adapter('slack', 'on');
    expect((await startAll([before], AbortSignal.abort())).told).toEqual([]);
    expect(before.starts).toEqual([]);
    const stopping = new AbortController();
    const during = { ...adapter('slack') };
    during.start = async () => {
      stopping.abort();
      throw new UserError('closed');
    };
    expect((await startAll([during], stopping.signal)).told).toEqual([]);
  });
});

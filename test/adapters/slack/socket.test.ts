import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WorldError } from '../../../src/errors.ts';
import { failureOf, type OpenSlack, openSlack } from './open-slack.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const connects = () => open.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
const connected = () => open.slack.until(() => open.slack.sockets.open() === 1, 'a connection');
const disconnected = () => open.slack.until(() => open.slack.sockets.open() === 0, 'the end of the connection');

describe('the connection to Slack', () => {
  it.each(['refresh_requested', 'warning', 'cut'] as const)('is opened again after %s', async (how) => {
    open.slack.sockets.disconnect(how);
    await open.slack.until(() => connects() === 2, 'a second connection');
    await connected();
    expect(await open.answer(await open.ben.types('C1', '/barrier', 'deadlock'))).toContain('Geopolitical deadlock');
  });

  it('is tried again for as long as Slack cannot be reached, and the process lives on', async () => {
    const rejections: unknown[] = [];
    const keep = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', keep);
    open.slack.faults.when(({ method }) => (method === 'apps.connections.open' ? { kind: 'cut' } : undefined));
    open.slack.sockets.disconnect('cut');
    await disconnected();
    await open.slack.until(() => connects() > 5, 'five tries');
    await expect(open.ben.types('C1', '/barrier', '')).rejects.toThrow('dispatch_failed');
    open.slack.faults.clear();
    await connected();
    process.off('unhandledRejection', keep);
    expect(rejections).toEqual([]);
    expect(await open.answer(await open.ben.types('C1', '/barrier', ''))).toContain('The six barriers');
    const lines = open.log.lines.filter((line) => line.includes('the connection to Slack'));
    expect(lines.filter((line) => line.includes('it is tried again until it is back'))).toHaveLength(1);
    expect(lines.at(-1)).toContain('the connection to Slack is back');
  });

  it.each([
    ['a refusal that passes', { kind: 'refuse', code: 'internal_error' }],
    ['a limit', { kind: 'limited', seconds: 1 }],
    ['a 503', { kind: 'status', status: 503 }],
    ['an app token that was revoked meanwhile', { kind: 'refuse', code: 'invalid_auth' }],
  ] as const)('comes back after %s', async (_, fault) => {
    open.slack.faults.next('apps.connections.open', fault, fault);
    open.slack.sockets.disconnect('cut');
    await open.slack.until(() => connects() === 4, 'the third try');
    await connected();
    expect(await open.answer(await open.ben.types('C1', '/barrier', ''))).toContain('The six barriers');
  });

  it('is one at most, and none after a stop', async () => {
    open.slack.sockets.disconnect('cut');
    open.slack.sockets.disconnect('cut');
    await open.slack.until(() => connects() === 2, 'a second connection');
    await connected();
    await open.adapter.stop();
    await disconnected();
    expect(connects()).toBe(2);
    expect(await failureOf(open.adapter.post(open.channel, await open.say('/barrier'), 'a key'))).toBeInstanceOf(
      WorldError,
    );
  });

  it('that is being opened again when the bot stops is closed', async () => {
    open.slack.faults.next('apps.connections.open', { kind: 'delay', milliseconds: 200 });
    open.slack.sockets.disconnect('cut');
    await open.slack.until(() => connects() === 2, 'the second try');
    await open.adapter.stop();
    const opened: number[] = [];
    open.slack.state.onChange.add(() => opened.push(open.slack.sockets.open()));
    await open.slack.until(() => opened.length > 1, 'the late connection');
    await disconnected();
    expect(connects()).toBe(2);
  });

  it('lets who asked a moment before a stop have the answer', async () => {
    open.slack.faults.next('users.info', { kind: 'delay', milliseconds: 300 });
    const asked = await open.ana.types('C1', '/digest', 'schedule 08:30');
    await open.adapter.stop();
    expect(asked.answers).toHaveLength(1);
    expect(await open.answer(asked)).toContain('Digest scheduled');
  });
});

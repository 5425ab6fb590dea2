import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackOptions } from '../../../adapters/slack/index.ts';
import { MINUTE } from '../../../src/time.ts';
import { type OpenSlack, openSlack } from './open-slack.ts';
import { addUser, type SlackUser } from './server/state.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

async function openWith(options: Partial<SlackOptions>): Promise<void> {
  await open.close();
  open = await openSlack({ options });
}

/** What somebody is told who tries to pause the digest of the channel. */
async function pauses(facts: Partial<SlackUser>, id = 'U7'): Promise<string> {
  const person = open.slack.person(open.team, id, 'cleo', facts);
  return open.answer(await person.types('C1', '/digest', 'pause'));
}

const ADMIN = 'gets no digest yet';
const REFUSED = 'is for admins';

describe('who may change things on Slack', () => {
  it.each([
    ['an admin', { isAdmin: true }, ADMIN],
    ['an owner', { isOwner: true }, ADMIN],
    ['a member', {}, REFUSED],
    ['a guest', { isRestricted: true, isAdmin: true }, REFUSED],
    ['a guest of one channel', { isRestricted: true, isUltraRestricted: true }, REFUSED],
    ['a bot', { isBot: true, isAdmin: true }, REFUSED],
    ['a deactivated person', { deleted: true, isAdmin: true }, REFUSED],
    ['an admin of another workspace', { teamId: 'T9', isAdmin: true }, REFUSED],
  ] as const)('%s', async (_, facts, words) => {
    expect(await pauses(facts)).toContain(words);
  });

  it.each([
    ['a member', {}, ADMIN],
    ['a guest', { isRestricted: true }, REFUSED],
    ['a bot', { isBot: true }, REFUSED],
    ['somebody deactivated', { deleted: true }, REFUSED],
    ['somebody of another workspace', { teamId: 'T9' }, REFUSED],
  ] as const)('of those whom ADMINS names: %s', async (_, facts, words) => {
    await openWith({ admins: ['slack:U7'] });
    expect(await pauses(facts)).toContain(words);
    expect(await pauses({}, 'U8')).toContain(REFUSED);
  });

  it.each(['policy-leads', '@policy-leads', 'S1'])('members of the user group that is set as “%s”', async (group) => {
    await openWith({ adminGroup: group });
    open.team.groups.set('S1', { handle: 'policy-leads', members: ['U7', 'U9'] });
    open.team.groups.set('S2', { handle: 'others', members: ['U8'] });
    expect(await pauses({}, 'U7')).toContain(ADMIN);
    expect(await pauses({}, 'U8')).toContain(REFUSED);
    expect(await pauses({ isRestricted: true }, 'U9')).toContain(REFUSED);
    expect(await pauses({ isAdmin: true }, 'U10')).toContain(ADMIN);
  });

  it('nobody by a user group that is not there, which is logged', async () => {
    await openWith({ adminGroup: 'nobody' });
    expect(await pauses({})).toContain(REFUSED);
    expect(open.log.lines.join()).toContain('SLACK_ADMIN_GROUP names no user group');
  });

  it.each([
    ['is down', 'users.info', { kind: 'status', status: 503 }],
    ['refuses', 'users.info', { kind: 'refuse', code: 'user_not_found' }],
    ['lacks the scope for user groups', 'usergroups.list', { kind: 'refuse', code: 'missing_scope' }],
  ] as const)('nobody while Slack %s, and as before once it answers', async (_, asked, fault) => {
    await openWith({ adminGroup: 'policy-leads' });
    open.team.groups.set('S1', { handle: 'policy-leads', members: ['U7'] });
    open.slack.faults.when(({ method }) => (method === asked ? fault : undefined));
    expect(await pauses({})).toContain(REFUSED);
    expect(open.log.lines.join()).toContain('Slack could not say whether someone is an admin');
    open.slack.faults.clear();
    expect(await pauses({})).toContain(ADMIN);
  });

  it('is said by the refusal', async () => {
    expect(await pauses({})).toContain(
      '/digest pause is for admins. Ask someone named in ADMINS, or an admin or owner of this Slack workspace.',
    );
    await openWith({ adminGroup: '@policy-leads' });
    expect(await pauses({})).toContain('Ask someone named in ADMINS, a member of @policy-leads, or an admin or owner');
  });

  it('is asked of Slack at a change, remembered for three minutes, and then asked again', async () => {
    const asked = () => open.slack.calls.filter(({ method }) => method === 'users.info').length;
    await open.answer(await open.ben.types('C1', '/barrier', 'deadlock'));
    expect(asked()).toBe(0);
    expect(await pauses({ isAdmin: true })).toContain(ADMIN);
    addUser(open.team, 'U7', 'cleo', { isAdmin: false });
    open.advance(2 * MINUTE);
    expect(await pauses({})).toContain(ADMIN);
    expect(asked()).toBe(1);
    open.advance(2 * MINUTE);
    expect(await pauses({})).toContain(REFUSED);
    expect(asked()).toBe(2);
  });
});

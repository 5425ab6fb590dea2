import { afterEach, describe, expect, it } from 'vitest';
import { adapterContract } from '../../contracts/adapter.ts';
import { openSlack } from './open-slack.ts';

adapterContract('Slack', async () => {
  const opened = await openSlack({ starts: false });
  return {
    adapter: opened.adapter,
    channel: opened.channel,
    shown: () =>
      opened.slack
        .messages(opened.team, 'C1')
        .map(({ blocks }) => JSON.stringify(blocks))
        .join('\n'),
    revises: true,
    breakPlatform: () => {
      opened.general.isArchived = true;
    },
    restart: async () => {
      await opened.restart();
      return opened.adapter;
    },
    close: opened.close,
  };
});

describe('Slack, asked', () => {
  let opened: Awaited<ReturnType<typeof openSlack>>;
  afterEach(() => opened.close());

  it('answers a member alone, with a button to share', async () => {
    opened = await openSlack();
    const { ben, slack, team } = opened;
    const asked = await ben.types('C1', '/barrier', 'deadlock');
    await slack.until(() => asked.answers.length > 0, 'an answer');
    expect(asked.answers[0]).toMatchObject({ response_type: 'ephemeral' });
    expect(JSON.stringify(asked.answers)).toContain('Geopolitical deadlock');
    expect(JSON.stringify(asked.answers)).toContain('Share to channel');
    expect(slack.messages(team, 'C1')).toEqual([]);
  });
});

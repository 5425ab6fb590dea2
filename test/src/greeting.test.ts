import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/config.ts';
import { offLines, platformName } from '../../src/greeting.ts';

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

describe('the greeting', () => {
  it.each([
    ['nothing', {}, ['Slack', 'Discord']],
    ['Slack', SLACK, ['Discord']],
    ['Discord', { DISCORD_TOKEN: 'x' }, ['Slack']],
    ['both', { ...SLACK, DISCORD_TOKEN: 'x' }, []],
  ])('with a token for %s has a line for each platform that is off', (_, settings, off) => {
    const lines = offLines(parseSettings(settings));
    expect(lines.map((line) => line.split(':')[0])).toEqual(off);
    for (const line of lines) expect(line).toMatch(/: off\. docs\/(slack|discord)\.md says how to get \w+/);
  });

  it('names platforms as people write them', () => {
    expect(['slack', 'discord'].map(platformName)).toEqual(['Slack', 'Discord']);
  });
});

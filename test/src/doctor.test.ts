import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, findAll, findingLines, firstAnswer, type Looks } from '../../src/doctor.ts';
import type { Finding } from '../../src/doctor-finding.ts';
import { UserError, WorldError } from '../../src/errors.ts';
import type { Channel } from '../../src/model.ts';
import { plus, SECOND } from '../../src/time.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const SLACK: Channel = { adapter: 'slack', workspaceId: 'T1', id: 'C1' };
const DISCORD: Channel = { adapter: 'discord', workspaceId: '99', id: '7' };

const WELL: Looks = {
  now: () => NOW,
  database: () => ({ items: 3, channels: [SLACK, DISCORD], freeBytes: 5e9 }),
  network: async () => NOW,
  platforms: [{ name: 'slack' }, { name: 'discord' }],
  secondReader: () => undefined,
};

const linesWith = async (looks: Partial<Looks>) => findingLines(await findAll({ ...WELL, ...looks }));

describe('the doctor', () => {
  it('says of each part what it found, in the order in which it is best mended', async () => {
    expect(await linesWith({})).toEqual([
      '✓ Settings: all of them can be used',
      '✓ Database: whole, 3 items, 2 channels with a digest',
      '✓ Backup: none beside the database; npm run backup makes one',
      '✓ Network: a source could be read',
      '✓ Clock: right, to 0 s',
      '✓ Slack: off: it has no token. docs/slack.md says how to get one.',
      '✓ Discord: off: it has no token. docs/discord.md says how to get one.',
      '✓ Second reader: off; docs/second-reader.md says what it is for',
    ]);
  });

  it('takes a database that is not there yet for none', async () => {
    expect(await linesWith({ database: () => undefined })).toContain('✓ Database: none yet; the first start makes it');
  });

  it('names the newest backup, and warns before the disk is full', async () => {
    const facts = { items: 3, channels: [], freeBytes: 12_345_678, backup: 'data/b.db.daily-2026-06-09T063000Z' };
    expect(await linesWith({ database: () => facts })).toEqual(
      expect.arrayContaining([
        '✓ Backup: data/b.db.daily-2026-06-09T063000Z',
        '! Disk: 12 MB left where the database is',
        '  Free some space: once nothing is left, nothing is read and no digest is posted.',
      ]),
    );
    expect(exitCodeOf(await findAll({ ...WELL, database: () => facts }))).toBe(0);
  });

  it('goes on with the rest when one part cannot be looked at', async () => {
    const lines = await linesWith({
      database: () => {
        throw new UserError('The database is damaged.');
      },
      network: () => Promise.reject(new WorldError('host not found')),
      platforms: [
        { name: 'slack', look: () => Promise.reject(new WorldError('slack.com did not answer')) },
        { name: 'discord', look: async () => [{ subject: 'Discord', state: 'good', found: 'on' }] },
      ],
    });
    expect(lines).toEqual([
      '✓ Settings: all of them can be used',
      '✗ Database: The database is damaged.',
      '✗ Network: host not found',
      '  Check the network, the proxy or the firewall of this machine; sources are read over HTTPS.',
      '✗ Slack: slack.com did not answer',
      '✓ Discord: on',
      '✓ Second reader: off; docs/second-reader.md says what it is for',
    ]);
  });

  it('lets each platform look at its own channels alone, and at none where the database cannot be read', async () => {
    const seen: (readonly Channel[])[] = [];
    const look = async (channels: readonly Channel[]): Promise<Finding[]> => {
      seen.push(channels);
      return [];
    };
    const platforms = ['slack', 'discord'].map((name) => ({ name, look }));
    await findAll({ ...WELL, platforms });
    expect(seen.splice(0)).toEqual([[SLACK], [DISCORD]]);
    await findAll({
      ...WELL,
      platforms,
      database: () => {
        throw new UserError('damaged');
      },
    });
    expect(seen).toEqual([[], []]);
  });

  it('says nothing of the clock where the server tells no time', async () => {
    const lines = await linesWith({ network: async () => undefined });
    expect(lines.join('\n')).not.toContain('Clock');
    expect(lines).toContain('✓ Network: a source could be read');
  });

  it.each([
    [0, '✓ Clock: right, to 0 s'],
    [30, '✓ Clock: right, to 30 s'],
    [-30, '✓ Clock: right, to 30 s'],
    [31, '✗ Clock: 31 s behind'],
    [-31, '✗ Clock: 31 s ahead'],
    [-7_200, '✗ Clock: 7200 s ahead'],
  ])('finds the clock of a machine where the server is %i s further: %s', async (seconds, line) => {
    const lines = await linesWith({ network: async () => plus(NOW, seconds * SECOND) });
    expect(lines).toContain(line);
    expect(lines.includes('  Turn on time synchronisation (NTP) on this machine.')).toBe(line.startsWith('✗'));
  });

  it('ends with 1 when anything is bad, and with 0 for warnings', () => {
    const finding = fc.record({
      subject: fc.string(),
      state: fc.constantFrom('good' as const, 'warning' as const, 'bad' as const),
      found: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(finding), (findings) => {
        const signs = findingLines(findings).map((line) => line[0]);
        expect(exitCodeOf(findings)).toBe(signs.includes('✗') ? 1 : 0);
      }),
    );
  });

  it('shows a warning with its remedy below it', () => {
    const warning = { subject: 'Slack', state: 'warning', found: 'not in #policy', remedy: '/invite it.' } as const;
    expect(findingLines([warning])).toEqual(['! Slack: not in #policy', '  /invite it.']);
  });
});

describe('the first answer', () => {
  it('is that of the first who can be asked, and nobody is asked after', async () => {
    const asked: string[] = [];
    const answer = await firstAnswer(['a', 'b', 'c'], async (each) => {
      asked.push(each);
      if (each === 'a') throw new WorldError('a is down');
      return `from ${each}`;
    });
    expect(answer).toBe('from b');
    expect(asked).toEqual(['a', 'b']);
  });

  it('is the last failure where nobody answers, and says that there was nobody to ask', async () => {
    const down = (each: string) => Promise.reject(new WorldError(`${each} is down`));
    await expect(firstAnswer(['a', 'b'], down)).rejects.toThrow('b is down');
    await expect(firstAnswer([], down)).rejects.toThrow('there is no source to read');
  });
});

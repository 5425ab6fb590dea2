/** `npm run doctor`: looks at all that can keep the bot from working, and says what to fix. */
import type { Finding } from './doctor-finding.ts';
import { messageOf, UserError } from './errors.ts';
import { platformName } from './greeting.ts';
import type { Channel, Instant } from './model.ts';
import { plural } from './plural.ts';
import type { SecondReaderUse } from './second-reader.ts';
import { secondReaderFinding } from './second-reader-finding.ts';
import { between, SECOND } from './time.ts';

/** Slack refuses requests whose time is further off than five minutes; long before that, digests come at the wrong minute. */
const LARGEST_DRIFT = 30 * SECOND;

const SIGNS: Readonly<Record<Finding['state'], string>> = { good: '✓', warning: '!', bad: '✗' };

/** Less is no trouble yet, but will be: the log of the database alone may take 16 MB. */
const LITTLE_SPACE = 200_000_000;

/** What the doctor is told of the database. */
interface DatabaseFacts {
  readonly items: number;
  readonly channels: readonly Channel[];
  /** What its disk has left. */
  readonly freeBytes: number;
  /** The newest backup beside it; absent where there is none. */
  readonly backup?: string;
}

/** How the doctor looks at each part; every look is safe beside a running bot. */
export interface Looks {
  readonly now: () => Instant;
  /** Reads the database; undefined where there is none yet. Throws UserError. */
  readonly database: () => DatabaseFacts | undefined;
  /** Reads one source and resolves with the server's clock, where it tells it. Throws WorldError. */
  readonly network: () => Promise<Instant | undefined>;
  /** Asks each platform that has a token about itself and about the bot's rights in the channels. */
  readonly platforms: readonly {
    readonly name: string;
    /** Absent where the platform has no token. */
    readonly look?: (channels: readonly Channel[]) => Promise<readonly Finding[]>;
  }[];
  /** The second reader of the settings; undefined where it is off. Throws UserError. */
  readonly secondReader: () => SecondReaderUse | undefined;
}

/** All findings, in the order in which they are best mended. The settings were read before, so they are right. */
export async function findAll({ now, database, network, platforms, secondReader }: Looks): Promise<readonly Finding[]> {
  const settings: Finding = { subject: 'Settings', state: 'good', found: 'all of them can be used' };
  const channels: Channel[] = [];
  const stored = await examine('Database', async () => {
    const facts = database();
    channels.push(...(facts?.channels ?? []));
    return facts ? databaseFindings(facts) : [NO_DATABASE];
  });
  const reached = await examine(
    'Network',
    async () => {
      const there = await network();
      const good: Finding = { subject: 'Network', state: 'good', found: 'a source could be read' };
      return there ? [good, clockFinding(now(), there)] : [good];
    },
    'Check the network, the proxy or the firewall of this machine; sources are read over HTTPS.',
  );
  const platformFindings: Finding[] = [];
  for (const { name, look } of platforms) {
    const ofPlatform = channels.filter(({ adapter }) => adapter === name);
    const subject = platformName(name);
    if (look) platformFindings.push(...(await examine(subject, () => look(ofPlatform))));
    else
      platformFindings.push({
        subject,
        state: 'good',
        found: `off: it has no token. docs/${name}.md says how to get one.`,
      });
  }
  const second = await examine('Second reader', async () => [await secondReaderFinding(secondReader())]);
  return [settings, ...stored, ...reached, ...platformFindings, ...second];
}

const NO_DATABASE: Finding = { subject: 'Database', state: 'good', found: 'none yet; the first start makes it' };

function databaseFindings({ items, channels, freeBytes, backup }: DatabaseFacts): Finding[] {
  const found = `whole, ${plural(items, 'item')}, ${plural(channels.length, 'channel')} with a digest`;
  const space: Finding = {
    subject: 'Disk',
    state: 'warning',
    found: `${Math.floor(freeBytes / 1_000_000)} MB left where the database is`,
    remedy: 'Free some space: once nothing is left, nothing is read and no digest is posted.',
  };
  return [
    { subject: 'Database', state: 'good', found },
    { subject: 'Backup', state: 'good', found: backup ?? 'none beside the database; npm run backup makes one' },
    ...(freeBytes < LITTLE_SPACE ? [space] : []),
  ];
}

/** Asks one after the other until one answers. Throws what the last one threw. */
export async function firstAnswer<Asked, Answer>(
  asked: readonly Asked[],
  ask: (each: Asked) => Promise<Answer>,
): Promise<Answer> {
  let failure: unknown = new UserError('there is no source to read');
  for (const each of asked) {
    try {
      return await ask(each);
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

/** Looks at one subject; whatever it throws is a finding too. */
async function examine(
  subject: string,
  look: () => Promise<readonly Finding[]>,
  remedy?: string,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (thrown) {
    return [{ subject, state: 'bad', found: messageOf(thrown), ...(remedy ? { remedy } : {}) }];
  }
}

/** One line a finding, with the remedy below it. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ state, subject, found, remedy }) => [
    `${SIGNS[state]} ${subject}: ${found}`,
    ...(remedy ? [`  ${remedy}`] : []),
  ]);
}

/** How far this machine's clock is from a server's `Date` header (RFC 9110 §6.6.1), which counts whole seconds. */
function clockFinding(here: Instant, there: Instant): Finding {
  const drift = between(there, here);
  const seconds = Math.round(Math.abs(drift) / SECOND);
  if (Math.abs(drift) <= LARGEST_DRIFT) return { subject: 'Clock', state: 'good', found: `right, to ${seconds} s` };
  return {
    subject: 'Clock',
    state: 'bad',
    found: `${seconds} s ${drift > 0 ? 'ahead' : 'behind'}`,
    remedy: 'Turn on time synchronisation (NTP) on this machine.',
  };
}

/** 1 when anything is bad. */
export function exitCodeOf(findings: readonly Finding[]): number {
  return findings.some(({ state }) => state === 'bad') ? 1 : 0;
}

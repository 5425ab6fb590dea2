/**
 * `npm run bench:platforms`: how soon people on both platforms are acknowledged, and answered, while 500 feeds are being
 * polled. The bot is a process of its own; its feeds are served by another.
 */
import { openBothWithFeeds } from './both-and-feeds.ts';
import { figure, ms } from './measure.ts';

const FEEDS = 500;
const ITEMS = 50;

const { folder, server, port, both } = await openBothWithFeeds(FEEDS, ITEMS);
const delays = new Map<string, number[]>();
const faults: string[] = [];

function note(name: string, delay: number): void {
  delays.set(name, [...(delays.get(name) ?? []), delay]);
}

/** Asks on Slack; resolves once the answer is there. */
async function askSlack(name: string, who: 'admin' | 'member', command: string, text: string) {
  const { [who]: person, channel } = both.teams[0];
  const asked = await person.types(channel.id, command, text);
  note(`Slack ${name}`, asked.delay);
  await both.slack.until(() => asked.answers.length > 0, `an answer to ${command} ${text}`);
  const blocks = (asked.answers[0]?.blocks ?? []) as readonly Readonly<Record<string, unknown>>[];
  return { blocks };
}

async function askDiscord(name: string, who: 'admin' | 'member', command: string, values = {}) {
  const { [who]: person, channel } = both.guilds[0];
  const answer = await person.types(channel, command, values);
  note(`Discord ${name}`, answer.first.delay);
  if (answer.text === '') faults.push(`${command} on Discord showed nothing`);
  return answer;
}

async function slackRound(round: number): Promise<void> {
  const { member, admin, channel } = both.teams[0];
  await askSlack('/barrier deadlock', 'member', '/barrier', 'deadlock');
  const shown = await askSlack('/barrier search', 'member', '/barrier', 'search export controls');
  const hasMenu = JSON.stringify(shown.blocks).includes('"static_select"');
  if (hasMenu) note('Slack Why', (await member.chooses(channel.id, shown, '')).delay);
  note('Slack Share', (await member.presses(channel.id, shown, 'Share to channel')).delay);
  await askSlack('/digest now as member', 'member', '/digest', 'now');
  if (round % 5 === 0) await askSlack('/digest now as admin', 'admin', '/digest', 'now');
  await askSlack('/feeds add as member', 'member', '/feeds', `add http://127.0.0.1:${port}/1?${round}`);
  await askSlack('/feeds add by text', 'admin', '/feeds', `add http://127.0.0.1:${port}/1?${round}`);
  const opened = await admin.types(channel.id, '/feeds', 'add');
  note('Slack form opened', opened.delay);
  await both.slack.until(() => admin.form() !== undefined, 'a form');
  note('Slack form submitted', (await admin.submits({ url: `http://127.0.0.1:${port}/2?${round}` })).delay);
}

async function discordRound(round: number): Promise<void> {
  const { member, admin, channel } = both.guilds[0];
  await askDiscord('/barrier show', 'member', '/barrier show', { barrier: 'geopolitical-deadlock' });
  const found = await askDiscord('/barrier search', 'member', '/barrier search', { words: 'export controls' });
  const completed = await member.completes(channel, '/barrier why', 'item', 'a');
  note('Discord completion', completed.first.delay);
  const [entry] = completed.choices();
  if (entry) await askDiscord('/barrier why', 'member', '/barrier why', { item: entry.value });
  const [message] = found.private;
  if (message) note('Discord Share', (await member.presses(message, 'Share to channel')).first.delay);
  await askDiscord('/digest now as member', 'member', '/digest now');
  if (round % 5 === 0) await askDiscord('/digest now as admin', 'admin', '/digest now');
  await askDiscord('/feeds add as member', 'member', '/feeds add', { url: `http://127.0.0.1:${port}/3?${round}` });
  await askDiscord('/feeds add by text', 'admin', '/feeds add', { url: `http://127.0.0.1:${port}/3?${round}` });
  const opened = await admin.types(channel, '/feeds add');
  note('Discord form opened', opened.first.delay);
  const filled = await admin.submits(channel, opened.modal(), { Url: `http://127.0.0.1:${port}/4?${round}` });
  note('Discord form submitted', filled.first.delay);
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return `p50 ${ms(at(0.5))}  p99 ${ms(at(0.99))}  most ${ms(sorted.at(-1) ?? 0)}  of ${sorted.length}`;
}

const program = await both.start();
const polled = program.says('Next digest').then(() => true);
let isPolled = false;
void polled.then(() => {
  isPolled = true;
});
try {
  const { admin, channel } = both.teams[0];
  await admin.types(channel.id, '/digest', 'schedule 08:30 Europe/Brussels');
  await both.guilds[0].admin.types(both.guilds[0].channel, '/digest schedule', { at: '08:30' });
  const rounds = async (round: (number: number) => Promise<void>) => {
    let number = 0;
    for (; !isPolled || number < 5; number++) await round(number);
    return number;
  };
  const [slack, discord] = await Promise.all([rounds(slackRound), rounds(discordRound)]);
  figure('rounds while 500 feeds were polled', `${slack} on Slack, ${discord} on Discord`);
  for (const [name, values] of [...delays].sort()) figure(`acknowledged: ${name}`, spread(values));
  figure('acknowledged: all of them', spread([...delays.values()].flat()));
  figure('payloads refused by either platform', String(faults.length + both.discord.violations.length));
} finally {
  program.kill('SIGTERM');
  const { err } = await program.ended;
  if (err !== '') process.stderr.write(err);
  await both.close();
  server.disconnect();
  folder.remove();
}

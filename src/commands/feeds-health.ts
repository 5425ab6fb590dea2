import { z } from 'zod';
import { type Block, type Button, paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { failureReason } from '../failure-kind.ts';
import { feedStates } from '../feed-state.ts';
import type { Instant, ListedFeed, LocalDate } from '../model.ts';
import { plural } from '../plural.ts';
import { secondReaderBlocks } from '../second-reader-health.ts';
import { habitOf, rhythmWords, silenceWords } from '../silence.ts';
import { showAge, showTime } from '../time.ts';
import { stream } from './options.ts';

/** As many buttons as every platform shows in one row. */
const BUTTONS_SHOWN = 5;

export const feedsHealth = defineCommand({
  root: 'feeds',
  verb: 'health',
  description: 'Which sources are read, which fail, fell silent, moved or are held, and when each is tried next',
  options: z.object({ stream: stream.optional() }),
  access: 'anyone',
  examples: ['/feeds health', '/feeds health us'],
  async run(context, { stream: wanted }) {
    const { store, workspace, timeZone } = context;
    const now = context.clock.now();
    const feeds = (await store.listFeeds(workspace.id)).filter((feed) => !wanted || feed.stream === wanted);
    const days = await store.postingDays(workspace.id);
    const { paused, active, failing, unread, read } = feedStates(feeds);
    const held = active.filter((feed) => feed.held !== undefined);
    const moved = active.filter((feed) => feed.moved !== undefined);
    const silent = read.filter(({ id }) => habitOf(days.get(id) ?? [], now)?.isSilent);
    const storage = await storageBlocks(context);
    const blocks = [
      ...storage,
      ...section('Held back', held, heldWords),
      ...section('Failing', failing, (feed) => failureWords(feed, now, timeZone)),
      ...section('Moved', moved, movedWords),
      ...section('Silent', silent, (feed) => silentWords(days.get(feed.id) ?? [], now)),
      ...section('Not read yet', unread, () => 'due now'),
      ...section('Paused', paused, (feed) => pausedWords(feed, now, timeZone)),
      ...section('Read', read, (feed) => readWords(feed, days.get(feed.id) ?? [], now, timeZone)),
      ...(await secondReaderBlocks(context)),
    ];
    const buttons = [...held.flatMap(heldButtons), ...moved.filter(isProposed).map(moveButton)].slice(0, BUTTONS_SHOWN);
    return reply(
      context,
      `Feed health: ${read.length} of ${active.length} read`,
      blocks.length > 0
        ? [...blocks, ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : [])]
        : [paragraph('No feeds on this list. /feeds add <url> adds one.')],
      { tone: failing.length + held.length + storage.length > 0 ? 'warning' : 'plain' },
    );
  },
});

/** What keeps results from being stored or backed up; nothing where all is well. */
async function storageBlocks({ store, timeZone }: CommandContext): Promise<Block[]> {
  const trouble = await store.trouble();
  const backup = await store.backupState();
  const lines: string[] = [];
  if (trouble) {
    const after = trouble.kind === 'damaged' ? '' : '; then it goes on by itself';
    lines.push(`${trouble.message} Until then nothing is read and no digest is posted${after}.`);
  }
  if (backup?.error) {
    const next = backup.nextAt ? ` Next try ${showTime(backup.nextAt, timeZone)}.` : '';
    lines.push(`The daily backup failed: ${backup.error}${next}`);
  }
  return lines.length > 0 ? [{ kind: 'heading', text: 'Storage' }, ...lines.map((line) => paragraph(line))] : [];
}

function section(name: string, found: readonly ListedFeed[], value: (feed: ListedFeed) => string): Block[] {
  if (found.length === 0) return [];
  return [
    { kind: 'heading', text: name, note: plural(found.length, 'feed') },
    { kind: 'fields', fields: found.map((feed) => ({ name: feed.id, value: value(feed) })) },
  ];
}

function heldWords({ id, held }: ListedFeed): string {
  return `${held?.items ?? 0} of ${held?.window ?? 0} entries looked new at once: stored, not posted · /feeds release ${id} posts them, /feeds dismiss ${id} calls them old`;
}

function heldButtons({ id, title }: ListedFeed): Button[] {
  return [
    { label: `Post them: ${title}`.slice(0, 60), command: `/feeds release ${id}` },
    { label: `They are old: ${title}`.slice(0, 60), command: `/feeds dismiss ${id}` },
  ];
}

function failureWords(feed: ListedFeed, now: Instant, timeZone: string): string {
  const last = feed.succeededAt ? `last read ${showAge(feed.succeededAt, now)} ago` : 'never read';
  return `${failureReason(feed)} · ${plural(feed.errorCount, 'time')} in a row · ${last} · next try ${showTime(feed.nextCheckAt, timeZone)}`;
}

/** Fewer days may be maintenance. */
const DAYS_MOVED = 3;

function isProposed({ moved }: ListedFeed): boolean {
  return moved !== undefined && moved.days >= DAYS_MOVED;
}

function movedWords(feed: ListedFeed): string {
  const { to = '', days = 0 } = feed.moved ?? {};
  const next = isProposed(feed) ? ` · /feeds move ${feed.id} takes it over` : ' · it is proposed after three days';
  return `leads to ${to}, seen on ${plural(days, 'day')}${next}`;
}

function moveButton({ id, title }: ListedFeed): Button {
  return { label: `Move ${title}`.slice(0, 60), command: `/feeds move ${id}` };
}

function silentWords(days: readonly LocalDate[], now: Instant): string {
  const habit = habitOf(days, now);
  return habit ? silenceWords(habit) : 'silent';
}

function pausedWords({ pausedAt, goneAt }: ListedFeed, now: Instant, timeZone: string): string {
  const since = `since ${showTime(pausedAt ?? now, timeZone)}`;
  return goneAt !== undefined && goneAt === pausedAt ? `${since}: gone for good (410)` : since;
}

function readWords(feed: ListedFeed, days: readonly LocalDate[], now: Instant, timeZone: string): string {
  const habit = habitOf(days, now);
  const rhythm = habit ? ` · ${rhythmWords(habit)}` : '';
  return `${showAge(feed.succeededAt ?? now, now)} ago, next ${showTime(feed.nextCheckAt, timeZone)}${rhythm}`;
}

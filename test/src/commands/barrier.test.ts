import { describe, expect, it } from 'vitest';
import { BARRIERS } from '../../../src/taxonomy/barriers.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  summary: 'The order directs the attorney general to challenge state AI laws in court. Chips are not its subject.',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const FISH = itemDraft('Bluefin tuna quota transfer for December', { publishedAt: '2026-06-09T16:00:00.000Z' });
const UNDATED = itemDraft('European Commission delays high-risk rules of the AI Act');

async function start() {
  const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER, FISH, UNDATED]]]));
  await bot.poll();
  return bot;
}

describe('/barrier', () => {
  it('alone shows every barrier with its pressure', async () => {
    const text = wordsOf(await (await start()).say('/barrier'));
    for (const barrier of BARRIERS) expect(text).toContain(barrier.name);
    expect(text).toContain('pressure +1 (▲ 1 ▼ 0 ◆ 0), was 0');
    expect(text).toContain('3 items read, 2 about AI governance');
  });

  it.each(['/barrier deadlock', '/barrier show 2.1', 'barrier geopolitical', '/barrier show geopolitical deadlock'])(
    'shows the deadlock for %s',
    async (line) => {
      const text = wordsOf(await (await start()).say(line));
      expect(text).toContain('Geopolitical deadlock');
      expect(text).toContain('us-china-race');
      expect(text).toContain(ORDER.title);
    },
  );

  it('finds words and marks them', async () => {
    const bot = await start();
    const found = await bot.say('/barrier search attorney general');
    const entries = found.blocks.find((block) => block.kind === 'entries')?.entries ?? [];
    const excerpt = entries[0]?.excerpt;
    expect(excerpt?.marks.map(([from, to]) => excerpt.text.slice(from, to).toLowerCase())).toEqual([
      'attorney',
      'general',
    ]);
  });

  it('finds nothing off topic away: the archive holds everything', async () => {
    expect(wordsOf(await (await start()).say('/barrier search tuna'))).toContain(FISH.title);
  });

  it('filters a search by barrier, stream and date, and says what to try when nothing is found', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/barrier search laws barrier:deadlock stream:us since:7d'))).toContain(ORDER.title);
    expect(wordsOf(await bot.say('/barrier search laws stream:eu'))).toContain('Nothing found. Try fewer words');
    expect(wordsOf(await bot.say('/barrier search laws since:soon'))).toContain('is not a date');
  });

  it('explains a tagging word by word, by id and by link', async () => {
    const bot = await start();
    const text = wordsOf(await bot.say(`/barrier why ${ORDER.url}`));
    expect(text).toContain('▲ Geopolitical deadlock [CH 2.1]');
    expect(text).toMatch(/“[^”]+” (title|summary) \d+–\d+/);
    expect(text).toContain('What counted:');
    expect(text).toContain('Relevance:');
    const item = await bot.store.findItem('local', ORDER.url ?? '');
    expect(wordsOf(await bot.say(`/barrier why ${item?.item.id}`))).toBe(text);
  });

  it('explains why an item was not posted', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say(`/barrier why ${FISH.url}`))).toContain('Off topic');
    expect(wordsOf(await bot.say(`/barrier why ${UNDATED.url}`))).toContain(
      'came with the first reading of its feed and has no date',
    );
    expect(wordsOf(await bot.say('/barrier why https://unknown.example/x'))).toContain('has been seen on the feeds');
  });

  it('helps with a topic, a root and a slip of the keyboard', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/barrier help'))).toContain('/feeds add <url> [stream] [title]');
    expect(wordsOf(await bot.say('/barrier help search'))).toContain('/barrier search export controls');
    expect(wordsOf(await bot.say('/barrier help serch'))).toContain('Did you mean /barrier help search?');
    expect(wordsOf(await bot.say('help'))).toContain('what you can type');
  });
});

describe('wrong input', () => {
  it.each([
    ['/barier deadlock', 'Did you mean /barrier deadlock?'],
    ['search chips', 'Did you mean /barrier search chips?'],
    ['/barrier serch chips', 'Did you mean /barrier search?'],
    ['/barrier xyzzy', 'It knows: overview, show'],
    ['/barrier search', 'words is missing'],
    ['/barrier why', 'item is missing'],
    ['/feeds list mars', 'stream is one of un, eu, us, institutes, analysis'],
    ['hello', 'Commands start with /barrier, /digest or /feeds'],
    ['/', 'Type a command'],
    ['/barrier show nothing-like-it', 'No barrier is called'],
  ])('%s answers with what to type next', async (line, words) => {
    const bot = await start();
    const card = await bot.say(line);
    expect(card.public).toBe(false);
    expect(wordsOf(card)).toContain(words);
  });

  it('never shows a fault of ours in full, but logs it with its cause', async () => {
    const bot = await start();
    await bot.store.close();
    expect(wordsOf(await bot.say('/barrier'))).toContain('The fault is ours and has been logged');
    expect(bot.log.lines.join()).toContain('a command failed');
  });
});

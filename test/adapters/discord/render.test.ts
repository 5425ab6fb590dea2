import { describe, expect, it } from 'vitest';
import { type RenderOptions, renderCard } from '../../../adapters/discord/render.ts';
import type { Block, Card, Entry } from '../../../src/card.ts';
import { WHOLE_CARD } from '../cards.ts';
import { readMarkdown } from './markdown.ts';

const OPTIONS: RenderOptions = { kept: new Map(), buttonsUnder: 'last' };

function card(blocks: readonly Block[], extra: Partial<Card> = {}): Card {
  return { title: 'A title', tone: 'plain', public: false, timeZone: 'Europe/Brussels', blocks, ...extra };
}

function entry(index: number, extra: Partial<Entry> = {}): Entry {
  return { title: `Event ${index}`, source: 'A source', date: '2026-06-09', id: `id${index}`, ...extra };
}

const golden = (name: string) => `golden/${name}.json`;

function written(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The words of all embeds of a message. */
function descriptions({ embeds }: ReturnType<typeof renderCard>[number]): string {
  return embeds.map(({ title, description }) => `${title ?? ''}\n${description ?? ''}`).join('\n');
}

describe('a card on Discord', () => {
  it('looks like this, with every kind of block', async () => {
    await expect(written(renderCard(WHOLE_CARD, OPTIONS))).toMatchFileSnapshot(golden('whole-card'));
  });

  it('looks like this when someone changed something for all', async () => {
    const changed = card([{ kind: 'text', runs: [{ text: 'Every day at 08:30.' }] }], {
      title: 'Digest scheduled',
      tone: 'good',
      public: true,
      by: 'Ana',
    });
    await expect(written(renderCard(changed, OPTIONS))).toMatchFileSnapshot(golden('public-change'));
  });

  it('looks like this when it is hostile', async () => {
    const hostile = card([
      {
        kind: 'entries',
        entries: [
          entry(1, {
            title: '@everyone **bold** [click](https://evil.example) <@1> ||x|| `y`',
            source: '# Heading\n- list',
            link: 'https://example.org/a_(b)?q=<x>|"',
            evidence: ['> quote'],
          }),
        ],
      },
      { kind: 'text', runs: [{ text: '-# small\n1. one\n* two\n> three\nhttps://evil.example :skull: <t:0:R>' }] },
    ]);
    await expect(written(renderCard(hostile, OPTIONS))).toMatchFileSnapshot(golden('hostile'));
  });

  it('puts the rest of a long digest after the first message, with the buttons under the first', () => {
    const blocks: Block[] = [
      { kind: 'heading', text: 'Pacing gap' },
      { kind: 'entries', entries: [entry(1)], more: { count: 30, command: '/digest last' } },
      { kind: 'buttons', buttons: [{ label: 'More', command: '/digest last' }] },
    ];
    const thread: Block[] = [
      { kind: 'heading', text: 'Pacing gap (continued)' },
      { kind: 'entries', entries: Array.from({ length: 30 }, (_, index) => entry(index + 2)) },
    ];
    const [parent, ...rest] = renderCard(card(blocks, { thread }), { ...OPTIONS, buttonsUnder: 'first' });
    expect(
      parent?.components.map((row) => row.components.map((each) => ('label' in each ? each.label : 'menu'))),
    ).toEqual([['menu'], ['More']]);
    expect(parent && descriptions(parent)).toContain('30 more: in the thread');
    const words = rest.map(descriptions).join('\n');
    for (let index = 2; index <= 31; index++) expect(words).toContain(`Event ${index}*`);
    expect(rest.every(({ content }) => content === '')).toBe(true);
  });

  it('says what to type for the rest where there is no thread', () => {
    const blocks: Block[] = [{ kind: 'entries', entries: [entry(1)], more: { count: 3, command: '/digest last' } }];
    const [only] = renderCard(card(blocks), OPTIONS);
    expect(only && descriptions(only)).toContain('3 more: /digest last');
  });

  it('repeats the heading where its entries go on, and loses none', () => {
    const entries = Array.from({ length: 60 }, (_, index) => entry(index, { evidence: ['words '.repeat(30)] }));
    const messages = renderCard(
      card([
        { kind: 'heading', text: 'Pacing gap' },
        { kind: 'entries', entries },
      ]),
      OPTIONS,
    );
    expect(messages.length).toBeGreaterThan(2);
    const titles = messages.flatMap(({ embeds }) => embeds.map(({ title }) => title));
    expect(titles[0]).toBe('Pacing gap');
    expect(new Set(titles.slice(1))).toEqual(new Set(['Pacing gap (continued)']));
    const words = messages.map(descriptions).join('\n');
    for (let index = 0; index < 60; index++) expect(words.split(`**Event ${index}**`)).toHaveLength(2);
  });

  it('takes five private messages at most, and says how many entries are not shown', () => {
    const entries = Array.from({ length: 400 }, (_, index) => entry(index, { evidence: ['words '.repeat(30)] }));
    const messages = renderCard(card([{ kind: 'entries', entries }]), { ...OPTIONS, most: 5 });
    expect(messages).toHaveLength(5);
    const words = messages.map(descriptions).join('\n');
    const shown = words.match(/\*\*Event \d+\*\*/g)?.length ?? 0;
    expect(words).toContain(`${400 - shown} more entries are not shown. Narrow it down`);
  });

  it('shortens an entry that is too big for one message alone', () => {
    const huge = entry(1, { title: '*'.repeat(5_000), evidence: Array.from({ length: 20 }, () => '_'.repeat(2_000)) });
    const messages = renderCard(card([{ kind: 'entries', entries: [huge] }]), OPTIONS);
    expect(messages).toHaveLength(1);
    expect(messages[0] && descriptions(messages[0])).toContain('…');
  });

  it('keeps every word of a paragraph that is too long for one embed', () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
    const messages = renderCard(card([{ kind: 'text', runs: [{ text: words }] }]), OPTIONS);
    const text = messages.map(descriptions).join(' ').replace(/\s+/g, ' ');
    for (const word of ['word0 ', 'word1499 ', 'word2999']) expect(text).toContain(word);
    expect(text.match(/word\d+/g)).toHaveLength(3_000);
  });

  it('offers the 25 newest of more entries in the menu, in the order they stand in', () => {
    const entries = Array.from({ length: 28 }, (_, index) =>
      entry(index, { date: index < 3 ? '2020-01-01' : '2026-06-09' }),
    );
    const [only] = renderCard(card([{ kind: 'entries', entries }]), OPTIONS);
    const menu = only?.components[0]?.components[0];
    const values = menu && 'options' in menu ? menu.options.map(({ value }) => value) : [];
    expect(values).toEqual(entries.slice(3).map(({ id }) => id));
  });

  it('has one button a press, a share button for what can be shared, and none in direct messages', () => {
    const twice = [
      { label: 'More', command: '/digest last' },
      { label: 'Again', command: '/digest last' },
    ];
    const whole = card([{ kind: 'buttons', buttons: twice }], { share: '/digest last' });
    const labels = (options: RenderOptions) =>
      renderCard(whole, options).flatMap(({ components }) =>
        components.flatMap((row) => row.components.map((each) => ('label' in each ? each.label : ''))),
      );
    expect(labels(OPTIONS)).toEqual(['More', 'Share to channel']);
    expect(labels({ ...OPTIONS, isPlain: true })).toEqual([]);
  });

  it('carries a long press as the id it is kept under', () => {
    const command = `/barrier search ${'x'.repeat(200)}`;
    const long = card([{ kind: 'buttons', buttons: [{ label: 'Again', command }] }]);
    const [only] = renderCard(long, { ...OPTIONS, kept: new Map([[`run ${command}`, 'abcdefghij0123456789']]) });
    expect(only?.components[0]?.components).toMatchObject([{ custom_id: 'kept abcdefghij0123456789' }]);
  });

  it('marks matches, whatever they are made of', () => {
    const found = entry(1, {
      title: 'a*b and c',
      marks: [
        [0, 3],
        [2, 5],
        [90, 99],
      ],
      excerpt: { text: 'one [two] three', marks: [[4, 9]], cutBefore: true, cutAfter: false },
    });
    const [only] = renderCard(card([{ kind: 'entries', entries: [found] }]), OPTIONS);
    const read = readMarkdown(only?.embeds[0]?.description ?? '');
    expect(read.text).toContain('a*b and c');
    expect(read.text).toContain('… one [two] three');
    expect(read.marks).toContain('underline');
  });

  it('says that a file is too large instead of having the whole message refused', () => {
    const content = 'x'.repeat(11 * 1024 * 1024);
    const [only] = renderCard(card([{ kind: 'file', name: 'feeds.opml', content }]), OPTIONS);
    expect(only?.files).toEqual([]);
    expect(only && descriptions(only)).toContain('too large for Discord (11 MiB)');
  });
});

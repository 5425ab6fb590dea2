/** Cards for renderer tests: one with every kind of block, and arbitrary ones with hostile texts. */
import fc from 'fast-check';
import type { Block, Card, Entry } from '../../src/card.ts';
import { DIRECTIONS } from '../../src/model.ts';

/** Every kind of block with all its parts. */
export const WHOLE_CARD: Card = {
  title: 'AI governance digest · Fri 3 Jul 2026',
  tone: 'plain',
  public: true,
  timeZone: 'Europe/Brussels',
  blocks: [
    { kind: 'text', runs: [{ text: '3 events from 4 items in the last day', style: 'quiet' }] },
    { kind: 'heading', text: 'Geopolitical deadlock', note: '[CH 2.1]' },
    {
      kind: 'entries',
      entries: [
        {
          title: 'Trump signs executive order to preempt state AI laws',
          link: 'https://www.whitehouse.gov/presidential-actions/2025/12/eliminating-state-law-obstruction/',
          direction: 'deepens',
          source: 'White House',
          date: '2025-12-11T23:30:00.000Z',
          alsoFrom: ['NIST', 'Transformer'],
          evidence: ['to preempt state AI laws', 'a second quote'],
          section: 'CH 2.1',
          detail: 'also ▲ Technology outruns law',
          id: 'k3f9q2abcd',
        },
        {
          title: 'China and the United States agree to talk',
          direction: 'eases',
          source: 'UN News',
          date: '2025-12-11',
        },
        {
          title: 'Code of practice under way',
          source: 'A source',
          marks: [[0, 4]],
          excerpt: { text: 'the code applies', marks: [[4, 8]], cutBefore: true, cutAfter: true },
        },
      ],
      more: { count: 2, command: '/digest last' },
    },
    {
      kind: 'fields',
      fields: [
        { name: 'Defined in', value: '[CH 2.1]' },
        { name: 'Deepens it', value: 'Rivalry between powers,\nexport controls' },
      ],
    },
    { kind: 'divider' },
    {
      kind: 'text',
      runs: [
        { text: 'strong', style: 'strong' },
        { text: ' and ' },
        { text: 'a quote', style: 'quote' },
        { text: ' and ' },
        { text: '/barrier help', style: 'code' },
        { text: ' and the ' },
        { text: 'essay', link: 'https://example.org/essay' },
      ],
    },
    { kind: 'file', name: 'feeds.opml', content: '<opml>\n  <body/>\n</opml>\n' },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: '/feeds undo 3' }] },
  ],
};

const HOSTILE = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://evil.example\u0007text\u001b]8;;\u0007',
  '\u009b2J',
  '\u202egnp.exe',
  '\u2066\u061c\u200f',
  '\u2028\u2029',
  '\r\n',
  '\u0000\u0008\u007f',
  '<script>alert(1)</script>',
  '" onmouseover="alert(1)',
  "'><img src=x onerror=alert(1)>",
  '</style></title><!--',
  '&lt;&amp;&#0;',
  'javascript:alert(1)',
  'https://example.org/"onclick="x',
  '\ud800',
  '漢字かな交じり文',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 4 })), {
    maxLength: 4,
  })
  .map((parts) => parts.join(' '));

const span = fc.tuple(fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 }));
const spans = fc.array(span, { maxLength: 3 });

const entry: fc.Arbitrary<Entry> = fc.record(
  {
    title: text,
    link: text,
    direction: fc.constantFrom(...DIRECTIONS),
    source: text,
    date: fc.constantFrom('2025-12-11', '2025-12-11T23:30:00.000Z'),
    alsoFrom: fc.array(text, { maxLength: 2 }),
    evidence: fc.array(text, { maxLength: 2 }),
    section: text,
    marks: spans,
    excerpt: fc.record({ text, marks: spans, cutBefore: fc.boolean(), cutAfter: fc.boolean() }),
    detail: text,
    id: text,
  },
  { requiredKeys: ['title', 'source'] },
);

const run = fc.record(
  {
    text,
    style: fc.constantFrom('strong' as const, 'quiet' as const, 'quote' as const, 'code' as const),
    link: text,
    marks: spans,
  },
  { requiredKeys: ['text'] },
);

const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), runs: fc.array(run, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('heading' as const), text, note: text }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: text, value: text }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('entries' as const),
    entries: fc.array(entry, { maxLength: 3 }),
    more: fc.record({ count: fc.nat(), command: text }),
  }),
  fc.record({ kind: fc.constant('divider' as const) }),
  fc.record({ kind: fc.constant('file' as const), name: text, content: text }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(fc.record({ label: text, command: text }), { maxLength: 3 }),
  }),
);

/** Any card whose every text may be hostile. */
export const hostileCards: fc.Arbitrary<Card> = fc.record({
  title: text,
  tone: fc.constantFrom('plain' as const, 'good' as const, 'warning' as const, 'bad' as const),
  public: fc.boolean(),
  timeZone: fc.constant('Europe/Brussels'),
  blocks: fc.array(block, { maxLength: 4 }),
});

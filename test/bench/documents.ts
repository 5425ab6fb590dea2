/** Made-up feeds for measuring: the same text for the same numbers, so that runs compare. */
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';

const BODIES = [
  'The European Commission',
  'The White House',
  'The UN General Assembly',
  'NIST',
  'The UK AI Security Institute',
  'The Council of Europe',
  'Commerce',
  'The Pentagon',
];
const ACTS = ['delays', 'adopts', 'proposes', 'drops', 'publishes', 'signs', 'opens a consultation on', 'enforces'];
const SUBJECTS = [
  'rules for general-purpose AI models',
  'export controls on AI chips',
  'a treaty on autonomous weapons',
  'testing of frontier models',
  'labels for synthetic media',
  'state AI laws',
  'the AI Act’s high-risk duties',
];
const OFF_TOPIC = [
  'a fisheries quota for the coming season',
  'road works on the ring road',
  'tariffs on imported steel',
  'the list of world heritage sites',
  'roaming charges for travellers',
  'a grant for rural clinics',
  'vacancies in its press office',
];
const FILLER =
  'officials said the measure follows months of talks with member states industry and civil society and will be reviewed within two years while critics asked for more time money staff and clearer duties before it applies to all providers in every sector'.split(
    ' ',
  );

export interface MadeItem {
  readonly title: string;
  readonly summary: string;
}

/** One item; three in ten are about AI governance, as in a broad feed that was chosen well. */
export function madeItem(next: (limit: number) => number): MadeItem {
  const pick = (from: readonly string[]) => from[next(from.length)] ?? '';
  const subject = next(10) < 3 ? pick(SUBJECTS) : pick(OFF_TOPIC);
  const words = Array.from({ length: 18 + next(20) }, () => pick(FILLER));
  return {
    title: `${pick(BODIES)} ${pick(ACTS)} ${subject} (${next(90_000) + 10_000})`,
    summary: `${pick(BODIES)} ${pick(ACTS)} ${subject}: ${words.join(' ')}.`,
  };
}

/** An RSS 2.0 document of `items` items whose dates go back from `newest`, two hours apart. */
export function madeFeed(number: number, items: number, newest: number): string {
  const next = repeatableNumbers(number + 1);
  const entries = Array.from({ length: items }, (_, index) => {
    const { title, summary } = madeItem(next);
    const date = new Date(newest - index * 7_200_000 - next(3_600_000)).toUTCString();
    const link = `https://feed-${number}.example/items/${index}`;
    return `<item><title>${title}</title><link>${link}</link><guid isPermaLink="true">${link}</guid><pubDate>${date}</pubDate><category>Policy</category><description>${summary}</description></item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Feed ${number}</title><link>https://feed-${number}.example/</link><description>Made for measuring</description>${entries.join('')}</channel></rss>`;
}

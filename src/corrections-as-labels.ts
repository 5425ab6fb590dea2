/** Corrections as labelled items, one JSON line each, in the form that `npm run eval -- --gold FILE` reads. */
import type { CorrectedItem } from './model.ts';

/** Each line ends in a newline; what an item lacks is empty. */
export function goldLines(corrected: readonly CorrectedItem[]): string {
  return corrected.map((each) => `${JSON.stringify(goldLine(each))}\n`).join('');
}

function goldLine({ correction, read }: CorrectedItem) {
  const { item, feed } = read;
  const { relevant, taggings, primary, crisis } = correction.judged;
  return {
    id: item.id,
    title: item.title,
    summary: item.summary,
    publisher: feed.title,
    date: item.publishedAt ?? '',
    url: item.url ?? '',
    stream: feed.stream,
    relevant,
    barriers: Object.fromEntries(taggings.map(({ barrier, direction }) => [barrier, direction])),
    primary: primary ?? null,
    crisis,
  };
}

/** How often a feed posts, by the days it posted on, and whether it is silent against that. Pure. */
import type { Instant, LocalDate } from './model.ts';
import { between, DAY } from './time.ts';

/** Fewer gaps tell no habit. */
const FEWEST_GAPS = 3;
/** A feed is silent after so many of its usual gaps, a longer one than any before, and not before so many days. */
const GAPS_TO_SILENCE = 3;
const SHORTEST_SILENCE = 5;

/** A feed's habit, in days. */
export interface Habit {
  /** The median gap between days with a post. */
  readonly gap: number;
  /** Since the last day with a post. */
  readonly silence: number;
  readonly isSilent: boolean;
}

/** The habit that days with posts show, the newest first; undefined where they are too few to tell. */
export function habitOf(days: readonly LocalDate[], now: Instant): Habit | undefined {
  const gaps = days.slice(1).map((day, index) => daysBetween(day, days[index] ?? day));
  if (gaps.length < FEWEST_GAPS) return undefined;
  const sorted = [...gaps].sort((one, other) => one - other);
  const gap = sorted[Math.floor(sorted.length / 2)] ?? 1;
  const longest = sorted.at(-1) ?? gap;
  const silence = Math.max(0, daysBetween(days[0] ?? '', now));
  return {
    gap,
    silence,
    isSilent: silence >= SHORTEST_SILENCE && silence > longest && silence >= gap * GAPS_TO_SILENCE,
  };
}

function daysBetween(from: LocalDate, to: Instant | LocalDate): number {
  return Math.floor(between(from, to) / DAY);
}

/** `posts about weekly` */
export function rhythmWords({ gap }: Pick<Habit, 'gap'>): string {
  if (gap <= 1) return 'posts about daily';
  if (gap >= 6 && gap <= 8) return 'posts about weekly';
  if (gap >= 13 && gap <= 16) return 'posts about every two weeks';
  if (gap >= 27 && gap <= 32) return 'posts about monthly';
  return `posts about every ${gap} days`;
}

/** `silent for 21 days, posts about weekly` */
export function silenceWords(habit: Habit): string {
  return `silent for ${habit.silence} days, ${rhythmWords(habit)}`;
}

/** How hard a barrier is pressed: events that deepen it against events that ease it, now and in the period before. */
import type { BarrierId, Direction, Instant } from './model.ts';
import type { Movement, Store } from './ports.ts';
import { DAY, plus } from './time.ts';

const PERIOD = 30 * DAY;

/** The movements of the last 30 days and of the 30 days before them. */
export async function readMovements(
  store: Store,
  workspaceId: string,
  at: Instant,
): Promise<{ readonly now: readonly Movement[]; readonly before: readonly Movement[] }> {
  const start = plus(at, -PERIOD);
  const [now, before] = await Promise.all([
    store.movement(workspaceId, { from: start, to: at }),
    store.movement(workspaceId, { from: plus(start, -PERIOD), to: start }),
  ]);
  return { now, before };
}

/** The counts of one barrier by direction. */
export function movements(all: readonly Movement[], barrier: BarrierId): Record<Direction, number> {
  const count = (direction: Direction) =>
    all.find((each) => each.barrier === barrier && each.direction === direction)?.events ?? 0;
  return { deepens: count('deepens'), eases: count('eases'), mixed: count('mixed') };
}

/** Deepening minus easing events: above 0 the barrier grew, below it shrank. */
function pressure(counts: Readonly<Record<Direction, number>>): number {
  return counts.deepens - counts.eases;
}

/** `pressure +4 (▲ 6 ▼ 2 ◆ 1), was +1`. */
export function pressureWords(
  now: Readonly<Record<Direction, number>>,
  before: Readonly<Record<Direction, number>>,
): string {
  return `pressure ${signed(pressure(now))} (▲ ${now.deepens} ▼ ${now.eases} ◆ ${now.mixed}), was ${signed(pressure(before))}`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value).replace('-', '−');
}

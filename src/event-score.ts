/** How well found events agree with events that people labelled. Pure arithmetic; src/tools/eval-events.ts reads and prints. */

/** An item with the event people gave it and the event it was put into. */
export interface GroupedItem {
  readonly id: string;
  readonly title: string;
  /** Absent where the item stands alone. */
  readonly event?: string;
  readonly found: string;
}

/** Two items that were joined or kept apart against the label. */
export interface ItemPair {
  readonly one: GroupedItem;
  readonly other: GroupedItem;
}

/** B-cubed figures (Bagga and Baldwin 1998): for each item, the shares of its event that are right, averaged over the items. */
export interface EventScore {
  readonly items: number;
  readonly precision: number;
  readonly recall: number;
  /** The harmonic mean of both; 0 where both are. */
  readonly f1: number;
  readonly wrongJoins: readonly ItemPair[];
  readonly missedJoins: readonly ItemPair[];
}

/** Scores all items; an empty list scores 0. */
export function scoreEvents(items: readonly GroupedItem[]): EventScore {
  const labelOf = ({ id, event }: GroupedItem) => (event === undefined ? `alone:${id}` : `event:${event}`);
  const labelled = Map.groupBy(items, labelOf);
  const found = Map.groupBy(items, (item) => item.found);
  let precision = 0;
  let recall = 0;
  for (const item of items) {
    const together = found.get(item.found) ?? [];
    const right = together.filter((other) => labelOf(other) === labelOf(item)).length;
    precision += right / together.length;
    recall += right / (labelled.get(labelOf(item))?.length ?? 1);
  }
  precision /= items.length || 1;
  recall /= items.length || 1;
  return {
    items: items.length,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    wrongJoins: [...found.values()].flatMap((group) => pairs(group, (one, other) => labelOf(one) !== labelOf(other))),
    missedJoins: [...labelled.values()].flatMap((group) => pairs(group, (one, other) => one.found !== other.found)),
  };
}

function pairs(group: readonly GroupedItem[], isFault: (one: GroupedItem, other: GroupedItem) => boolean): ItemPair[] {
  return group.flatMap((one, at) =>
    group.slice(at + 1).flatMap((other) => (isFault(one, other) ? [{ one, other }] : [])),
  );
}

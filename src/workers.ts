/** Does a piece of work for each entry of a list, at most `atOnce` of them at a time, and stops taking on new ones once `isOver`. */
export async function forEachOf<Entry>(
  entries: readonly Entry[],
  atOnce: number,
  work: (entry: Entry) => Promise<void>,
  isOver: () => boolean = () => false,
): Promise<void> {
  const waiting = [...entries];
  const worker = async () => {
    for (let entry = waiting.shift(); entry !== undefined && !isOver(); entry = waiting.shift()) await work(entry);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
}

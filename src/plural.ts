/** `1 event`, `2 events`; `several` for nouns that take no s. */
export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

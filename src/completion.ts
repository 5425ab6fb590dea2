/** What could be typed next: verbs, option names and option values, for any adapter that completes as people type. */
import { type Command, optionSpecs, ROOTS, type Suggest } from './command.ts';
import type { Store } from './ports.ts';
import { BARRIERS } from './taxonomy/barriers.ts';

/** A value and how it is shown in a list. */
export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

const ITEMS = 25;

/** The values an option may take that start with, or contain, what was typed. */
export async function suggestValues(
  {
    store,
    workspaceId,
    commands,
  }: { readonly store: Store; readonly workspaceId: string; readonly commands: readonly Command[] },
  kind: Suggest,
  typed: string,
): Promise<Suggestion[]> {
  const all = await values();
  const wanted = typed.toLowerCase();
  return all.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted));

  async function values(): Promise<Suggestion[]> {
    switch (kind) {
      case 'barrier':
        return BARRIERS.map(({ id, name }) => ({ value: id, label: name }));
      case 'topic':
        return commands.map(({ root, verb, description }) => ({ value: `${root} ${verb}`, label: description }));
      case 'feed':
        return (await store.listFeeds(workspaceId)).map(({ id, title }) => ({ value: id, label: title }));
      case 'item':
        return (await store.recentItems(workspaceId, { limit: ITEMS })).map(({ item }) => ({
          value: item.id,
          label: item.title,
        }));
      case 'zone':
        return Intl.supportedValuesOf('timeZone').map((name) => ({ value: name, label: name }));
    }
  }
}

/** Whole lines that continue the one typed so far. */
export async function completeLine(
  sources: { readonly store: Store; readonly workspaceId: string; readonly commands: readonly Command[] },
  line: string,
): Promise<string[]> {
  const { commands } = sources;
  const words = line.replace(/^\//, '').split(/\s+/);
  const last = words.at(-1) ?? '';
  const before = line.slice(0, line.length - last.length);
  if (words.length <= 1) return ROOTS.filter((root) => root.startsWith(last)).map((root) => `/${root} `);
  const root = words[0];
  if (words.length === 2) {
    const verbs = commands
      .filter((each) => each.root === root && each.verb.startsWith(last))
      .map((each) => `${each.verb} `);
    const names = root === 'barrier' ? BARRIERS.filter(({ id }) => id.startsWith(last)).map(({ id }) => `${id} `) : [];
    return [...verbs, ...names].map((word) => before + word);
  }
  const command = commands.find((each) => each.root === root && each.verb === words[1]);
  if (command === undefined) return [];
  const found = await completeOption(sources, command, last, words.length - 3);
  return found.map((word) => before + word);
}

async function completeOption(
  sources: Parameters<typeof completeLine>[0],
  command: Command,
  last: string,
  position: number,
): Promise<string[]> {
  const specs = optionSpecs(command);
  const colon = last.indexOf(':');
  const key = colon < 0 ? undefined : last.slice(0, colon + 1);
  const spec = key === undefined ? specs[position] : specs.find((each) => `${each.name}:` === key);
  const typed = key === undefined ? last : last.slice(key.length);
  const found = spec?.suggest
    ? (await suggestValues(sources, spec.suggest, typed)).map(({ value }) => value)
    : (spec?.choices ?? []);
  const fitting = found.filter((value) => value.startsWith(typed)).map((value) => `${key ?? ''}${value} `);
  const keys =
    key === undefined ? specs.map(({ name }) => `${name}:`).filter((name) => last !== '' && name.startsWith(last)) : [];
  return [...fitting, ...keys];
}

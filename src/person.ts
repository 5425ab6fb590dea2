/** `Ana (slack:U012AB3CD)`; where the id says as much as the name, as at the terminal, the id alone. */
export function actorWords(actor: string, name: string | undefined): string {
  return name === undefined || actor.endsWith(`:${name}`) ? actor : `${name} (${actor})`;
}

/** The name a person goes by in the workspace, else the id. */
export function nameOf(actor: string, names: ReadonlyMap<string, string>): string {
  return names.get(actor) ?? actor;
}

/** Whom a message pings (docs resources/message#allowed-mentions-object): its content alone counts, embeds never ping. */
import type { AllowedMentions } from './message-body.ts';

/** Ids of users and roles, `everyone` and `here`. Escapes are not looked at: what might ping is taken to ping. */
export function pingedBy(
  content: string,
  allowed: AllowedMentions | null | undefined,
  isInteraction: boolean,
): readonly string[] {
  const parse = allowed ? (allowed.parse ?? []) : isInteraction ? ['users'] : ['everyone', 'users', 'roles'];
  const named = (pattern: RegExp) => [...content.matchAll(pattern)].flatMap((match) => match[1] ?? []);
  const kept = (found: readonly string[], kind: string, list: readonly string[] = []) =>
    found.filter((id) => parse.includes(kind) || list.includes(id));
  return [
    ...kept(named(/@(everyone|here)/g), 'everyone'),
    ...kept(named(/<@!?(\d+)>/g), 'users', allowed?.users),
    ...kept(named(/<@&(\d+)>/g), 'roles', allowed?.roles),
  ];
}

const LONGEST_LINK = 2_000;

/** An absolute http or https address from a link as found in a document; undefined when it is none, or holds a password. */
export function webLink(href: string | undefined, base: string): string | undefined {
  const trimmed = href?.trim();
  if (trimmed === undefined || trimmed === '' || trimmed.length > LONGEST_LINK) return undefined;
  const link = URL.parse(trimmed, base) ?? undefined;
  if (link === undefined || !isWebProtocol(link) || link.username !== '' || link.password !== '') return undefined;
  return link.href;
}

function isWebProtocol(link: URL): boolean {
  return link.protocol === 'https:' || link.protocol === 'http:';
}

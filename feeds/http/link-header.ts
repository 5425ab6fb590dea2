/** More than any honest server sends. */
const LONGEST = 8_000;
const VALUE = String.raw`"(?:[^"\\]|\\.)*"|[^\s;,"]*`;
const PARAMETER = String.raw`\s*;\s*([^\s;,="]+)\s*(?:=\s*(${VALUE}))?`;
/** `<address>` and its parameters up to the next comma that stands outside quotes. */
const LINK = new RegExp(`<([^<>]*)>((?:${PARAMETER})*)`, 'g');

/** The first address of each relation in a Link header (RFC 8288 §3); `base` is the address it came with. */
export function readLinks(header: string, base: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, target = '', parameters = ''] of header.slice(0, LONGEST).matchAll(LINK)) {
    const address = URL.parse(target.trim(), base);
    if (address === null) continue;
    for (const relation of relationsOf(parameters)) if (!found.has(relation)) found.set(relation, address.href);
  }
  return found;
}

function relationsOf(parameters: string): string[] {
  for (const [, name = '', value = ''] of parameters.matchAll(new RegExp(PARAMETER, 'g'))) {
    if (name.toLowerCase() === 'rel') return value.replaceAll('"', '').toLowerCase().split(/\s+/).filter(Boolean);
  }
  return [];
}

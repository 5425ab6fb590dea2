import { isIP } from 'node:net';

/**
 * Names below a country's domain under which anybody may register, so that they are no owner themselves (Public Suffix List,
 * https://publicsuffix.org/list/, its ICANN section). This is the part of the list that publishers of policy live under.
 */
const SHARED_NAMES = new Set(
  'ac co com ed edu ltd plc net nhs ne or org sch gc go gob gouv gov govt gv lg mil police nic csiro cri geek iwi maori'.split(
    ' ',
  ),
);

/** Where one of those names is a registered domain like any other. */
const OWNED = new Set(['co.de', 'com.de', 'go.it', 'gov.eu', 'net.de', 'org.de', 'com.eu']);

/**
 * The domain that one owner holds, such as `europa.eu` of `ec.europa.eu` and `www.gov.uk` of itself; for an address or a name
 * without dots, that itself. Limits of politeness hold for all of it. Sites of one hosting platform count as one owner: the
 * platform is who counts requests.
 */
export function registrableDomain(host: string): string {
  const name = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  if (isIP(name) !== 0) return name;
  const labels = name.split('.');
  return labels.slice(-(suffixLength(labels) + 1)).join('.');
}

/** How many labels at the end are no owner. */
function suffixLength(labels: readonly string[]): number {
  const [country = '', second = ''] = [labels.at(-1), labels.at(-2)];
  const isShared = country.length === 2 && SHARED_NAMES.has(second) && !OWNED.has(`${second}.${country}`);
  // State and city bodies of the United States: `sos.state.ca.us`, `ci.seattle.wa.us`.
  const isState = country === 'us' && second.length === 2;
  return isShared || isState ? 2 : 1;
}

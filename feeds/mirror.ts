import type { HttpClient } from './http/client.ts';

/**
 * A client that asks a mirror in place of the sources themselves: https://www.gov.uk/a?b is asked for at
 * `<mirror>/www.gov.uk/a?b`, and what comes back counts as coming from its own address, so that links in it stay right.
 */
export function mirrored(http: HttpClient, mirror: string): HttpClient {
  const base = mirror.replace(/\/+$/, '');
  return {
    ...http,
    async get(request) {
      const { host, pathname, search } = new URL(request.url);
      const answer = await http.get({ ...request, url: `${base}/${host}${pathname}${search}` });
      if (answer.outcome !== 'document' || !answer.url.startsWith(`${base}/`)) return answer;
      return { ...answer, url: `https://${answer.url.slice(base.length + 1)}` };
    },
  };
}

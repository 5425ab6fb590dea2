/** The floor to compare with: undici alone, fetching the same documents with the same concurrency. */
import { Agent, request } from 'undici';

const AT_ONCE = 16;

/** Fetches all documents; conditional where `etags` knows one, and remembers what it is told. */
export async function bareFetch(urls: readonly string[], etags: Map<string, string>): Promise<void> {
  const agent = new Agent();
  const waiting = [...urls];
  const work = async () => {
    for (let url = waiting.shift(); url; url = waiting.shift()) {
      const etag = etags.get(url);
      const answer = await request(url, { dispatcher: agent, headers: etag ? { 'if-none-match': etag } : {} });
      await answer.body.arrayBuffer();
      const found = answer.headers.etag;
      if (typeof found === 'string') etags.set(url, found);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await agent.close();
}

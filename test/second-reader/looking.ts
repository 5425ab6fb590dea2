/** For tests of second looks: one model server for a file, that writes what finds both barriers, and a bot for each test. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openBot as open } from './open.ts';
import { ModelServer } from './server.ts';
import { ADDS } from './tagged.ts';

export function lookingBots() {
  const server = new ModelServer();
  const bots: Awaited<ReturnType<typeof open>>[] = [];
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(() => {
    server.sent.length = 0;
    server.writes(ADDS);
  });
  afterEach(async () => {
    for (const bot of bots.splice(0)) await bot.close();
  });
  return {
    server,
    async openBot(extra: Readonly<Record<string, string>> = {}) {
      const bot = await open(server, extra);
      bots.push(bot);
      return bot;
    },
    async barriersOf(id: string) {
      return (await bots[0]?.taggedOf(id))?.taggings.map(({ barrier }) => barrier);
    },
  };
}

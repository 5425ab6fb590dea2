import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenBot, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

let open: OpenBot;
const fetched: string[] = [];

beforeEach(async () => {
  open = await openBot();
  open.guild.opened.add('feeds');
  fetched.length = 0;
  open.core.lists.fetch = async (link) => {
    fetched.push(link);
    return link.startsWith(open.server.apiUrl.replace('/api', '')) ? (await fetch(link)).text() : '[elsewhere]';
  };
});
afterEach(() => open.close());

const feeds = async () => (await open.core.store.listFeeds(`discord:${open.guild.id}`)).map(({ id }) => id);
const LIST = { name: 'our list.json', content: '[fromfile]' };

describe('a file attached on Discord', () => {
  it('is taken as a list of feeds', async () => {
    const { admin, general } = open;
    await admin.types(general, '/feeds import', { file: LIST });
    expect(await feeds()).toContain('fromfile');
    expect(shownChannel(general)).toContain('1 feed added · Ana');
  });

  it('of a member is not read', async () => {
    const { member, general } = open;
    expect((await member.types(general, '/feeds import', { file: LIST })).text).toContain('is for admins');
    expect(await feeds()).toEqual(['us']);
    expect(fetched).toEqual([]);
  });

  it('that is larger than any list is not read', async () => {
    const { admin, general } = open;
    const file = { name: 'list.opml', content: 'x'.repeat(1_000_001) };
    const { text } = await admin.types(general, '/feeds import', { file });
    expect(text).toContain('“list.opml” is larger than 1 MB');
    expect(fetched).toEqual([]);
  });

  it.each(['https://elsewhere.example/list.opml', 'http://cdn.discordapp.com/list.opml', 'file:///etc/passwd'])(
    'that is said to lie at %s is not read',
    async (url) => {
      const { admin, general } = open;
      const { text } = await admin.types(general, '/feeds import', { file: { ...LIST, url } });
      expect(text).toContain('does not lie with Discord');
      expect(fetched).toEqual([]);
    },
  );

  it.each(['cdn.discordapp.com', 'media.discordapp.net'])('is read from %s', async (host) => {
    const { admin, general } = open;
    const url = `https://${host}/ephemeral-attachments/1/2/list.opml?ex=1&is=2&hm=3`;
    await admin.types(general, '/feeds import', { file: { ...LIST, url } });
    expect(fetched).toEqual([url]);
    expect(await feeds()).toContain('elsewhere');
  });

  it('and a list at once are one too many, none is too few', async () => {
    const { admin, general } = open;
    expect((await admin.types(general, '/feeds import', { list: '[x]', file: LIST })).text).toContain('one of the two');
    expect((await admin.types(general, '/feeds import')).text).toContain('Give a link to an OPML or JSON list');
    expect(await feeds()).toEqual(['us']);
  });
});

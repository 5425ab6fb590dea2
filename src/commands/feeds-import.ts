import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import { readAddress } from '../feed-preview.ts';
import { exportList, importList } from '../list-transfer.ts';
import { plural } from '../plural.ts';

const FAULTS_SHOWN = 10;

/** Where chats take files: as the option, or sent to the bot alone. */
const WAYS =
  'Give a link to an OPML or JSON list, like /feeds import https://example.org/feeds.opml, or paste the list itself. A file goes into the option file, or to me in a direct message.';

export const feedsImport = defineCommand({
  root: 'feeds',
  verb: 'import',
  description: 'Add all sources of a list: OPML or JSON, as a link, a file or pasted text',
  options: z.object({
    list: z.string().optional().describe('A link to an OPML or JSON list, or the list itself').meta({ rest: true }),
    file: z.string().optional().describe('An OPML or JSON file').meta({ attachment: true }),
  }),
  access: 'admin',
  examples: ['/feeds import https://example.org/feeds.opml'],
  async run(context, { list, file }) {
    const { store, workspace, user, clock } = context;
    const content = context.lists.parse(await readList(context, list, file));
    const { faults } = content;
    const { added, known, filters } = await importList(store, workspace.id, content, user.id, clock.now());
    return reply(
      context,
      `${plural(added, 'feed')} added`,
      [
        paragraph(
          `${known > 0 ? `${plural(known, 'feed')} stood on the list already. ` : ''}${filters > 0 ? `${plural(filters, 'filter')} of streams set. ` : ''}New ones are read within a minute; /feeds health shows how they do.`,
        ),
        ...(faults.length > 0 ? [paragraph(`Left out:\n${faults.slice(0, FAULTS_SHOWN).join('\n')}`, 'quiet')] : []),
      ],
      { tone: faults.length > 0 ? 'warning' : 'good', public: true },
    );
  },
});

async function readList(
  { lists, signal }: CommandContext,
  list: string | undefined,
  file: string | undefined,
): Promise<string> {
  if (list !== undefined && file !== undefined) throw new UserError('Give a list or a file, one of the two.');
  if (file !== undefined) return lists.fetch(readAddress(file), signal);
  const text = list?.trim() ?? '';
  if (/^[<[{]/.test(text) && !/^<https?:/i.test(text)) return text;
  if (/^(<?https?:|[\w.-]+\.[a-z]{2,}(\/|$))/i.test(text)) return lists.fetch(readAddress(text), signal);
  throw new UserError(WAYS);
}

export const feedsExport = defineCommand({
  root: 'feeds',
  verb: 'export',
  description: 'The feed list as a file to keep or share',
  options: z.object({ format: z.enum(['opml', 'json']).default('opml').describe('opml or json') }),
  access: 'anyone',
  examples: ['/feeds export', '/feeds export json'],
  async run(context, { format }) {
    const content = await exportList(context.store, context.workspace.id);
    return reply(context, `${plural(content.feeds.length, 'feed')} as ${format.toUpperCase()}`, [
      { kind: 'file', name: `barrierwatch-feeds.${format}`, content: context.lists.write(content, format) },
    ]);
  },
});

import { SlashCommandBuilder, SlashCommandSubcommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandPayloads } from '../../../adapters/discord/commands.ts';
import { deployCommands } from '../../../adapters/discord/deploy.ts';
import { defineCommand } from '../../../src/command.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { UserError, WorldError } from '../../../src/errors.ts';
import { openBot } from './open.ts';
import { checkCommands } from './server/command-limits.ts';
import { startDiscordServer } from './server/index.ts';

const payloads = commandPayloads(COMMANDS, '');

function optionsOf(root: string, verb: string) {
  const sub = payloads.find(({ name }) => name === root)?.options?.find(({ name }) => name === verb);
  return sub && 'options' in sub ? (sub.options ?? []) : [];
}

describe('the commands as Discord registers them', () => {
  it.each(['', 'sixteen-letters-'])('are within every limit of Discord, with the prefix “%s”', (prefix) => {
    expect(checkCommands(commandPayloads(COMMANDS, prefix)).map(({ name }) => name)).toEqual([
      `${prefix}barrier`,
      `${prefix}digest`,
      `${prefix}feeds`,
    ]);
  });

  it('pass the assertions of discord.js’s own builders', () => {
    for (const { name, description, options = [] } of payloads) {
      const builder = new SlashCommandBuilder().setName(name).setDescription(description);
      for (const sub of options) {
        builder.addSubcommand(new SlashCommandSubcommandBuilder().setName(sub.name).setDescription(sub.description));
      }
      expect(builder.toJSON().options).toHaveLength(options.length);
    }
  });

  it('hold every command of the bot once', () => {
    const names = payloads.flatMap(({ name, options = [] }) => options.map((sub) => `/${name} ${sub.name}`));
    expect(names.sort()).toEqual(COMMANDS.map(({ root, verb }) => `/${root} ${verb}`).sort());
  });

  it('hide the editing of feeds from members without Manage Server, and nothing else; none is for direct messages', () => {
    expect(payloads.map(({ default_member_permissions: needed }) => needed)).toEqual([null, null, '32']);
    expect(payloads.map(({ contexts }) => contexts)).toEqual([[0], [0], [0]]);
  });

  it('offer choices where there are few values, and completion where there are many', () => {
    expect(optionsOf('feeds', 'list')).toMatchObject([
      { name: 'stream', choices: expect.arrayContaining([{ name: 'un', value: 'un' }]) },
    ]);
    expect(optionsOf('barrier', 'show')).toMatchObject([{ name: 'barrier', required: true, autocomplete: true }]);
    expect(optionsOf('digest', 'preview')).toMatchObject([{ name: 'full', type: 5 }]);
  });

  it('take a file as an attachment, after what can be typed', () => {
    expect(optionsOf('feeds', 'import')).toEqual([
      { name: 'list', type: 3, required: false, autocomplete: false, description: expect.any(String) },
      { name: 'file', type: 11, required: false, description: 'An OPML or JSON file' },
    ]);
  });

  it('leave optional what a form would ask for', () => {
    expect(optionsOf('feeds', 'add')).toMatchObject([{ name: 'url', required: false }, {}, {}]);
    expect(optionsOf('feeds', 'test')).toMatchObject([{ name: 'url', required: true }]);
  });

  it('put required options first, whatever their order was', () => {
    const odd = defineCommand({
      root: 'feeds',
      verb: 'odd',
      description: 'Odd',
      options: z.object({ first: z.string().describe('a').optional(), second: z.string().describe('b') }),
      access: 'anyone',
      examples: [],
      run: async () => {
        throw new Error('not run');
      },
    });
    const [, , feeds] = commandPayloads([odd], '');
    expect(feeds?.options).toMatchObject([{ options: [{ name: 'second' }, { name: 'first' }] }]);
  });
});

describe('registering the commands', () => {
  async function open() {
    const server = await startDiscordServer();
    const bot = server.addBot();
    return { server, bot, options: { token: bot.token, apiUrl: server.apiUrl, prefix: '', commands: COMMANDS } };
  }

  it('writes them once, and again only when something differs', async () => {
    const { server, bot, options } = await open();
    expect(await deployCommands(options)).toBe('Registered with Discord: /barrier, /digest, /feeds.');
    expect(await deployCommands(options)).toBe(
      'Nothing to register: Discord has /barrier, /digest, /feeds as they are.',
    );
    expect(bot.commandWrites).toBe(1);
    const [first, ...rest] = COMMANDS;
    const changed = first ? [{ ...first, description: 'Another description' }, ...rest] : [];
    await deployCommands({ ...options, commands: changed });
    await deployCommands({ ...options, commands: changed, prefix: 'bw-' });
    expect(bot.commandWrites).toBe(3);
    expect(bot.commands.get('')?.map(({ name }) => name)).toEqual(['bw-barrier', 'bw-digest', 'bw-feeds']);
    expect(server.violations).toEqual([]);
    await server.close();
  });

  it('happens at the start of the bot, not at the next one', async () => {
    const bot = await openBot();
    expect(bot.bot.commandWrites).toBe(1);
    await bot.restart();
    expect(bot.bot.commandWrites).toBe(1);
    await bot.close();
  });

  it('does not keep the bot from starting when it fails', async () => {
    const bot = await openBot({ isStarted: false });
    bot.server.faults.plan('PUT /applications/*/commands', { kind: 'status', status: 403, code: 50001 });
    expect(await bot.adapter.start()).toMatch(/^on in 1 server\./);
    expect(bot.core.log.lines.join()).toContain('the commands could not be registered');
    await bot.close();
  });

  it('says in one line what is wrong', async () => {
    const { server, options } = await open();
    await expect(deployCommands({ ...options, token: 'wrong' })).rejects.toThrow(UserError);
    await expect(deployCommands({ ...options, token: 'wrong' })).rejects.toThrow(/DISCORD_TOKEN is refused/);
    await server.close();
    await expect(deployCommands(options)).rejects.toThrow(WorldError);
    await expect(deployCommands(options)).rejects.toThrow('Discord does not answer (ECONNREFUSED).');
  });
});

import { Client, Events, GatewayIntentBits, MessageFlags, type TextChannel } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordServer, startDiscordServer } from './index.ts';
import { shownChannel, shownMessage } from './shown.ts';
import type { Bot, Channel, Guild } from './state.ts';
import { until } from './waiting.ts';

const GUILDS = [GatewayIntentBits.Guilds];

let server: DiscordServer;
let bot: Bot;
let guild: Guild;
let general: Channel;
const clients: Client[] = [];

beforeEach(async () => {
  server = await startDiscordServer();
  bot = server.addBot();
  guild = server.addGuild();
  server.invite(bot, guild);
  general = guild.channels[0] as Channel;
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
  await server.close();
  expect(server.violations).toEqual([]);
});

async function connect({ token = bot.token, intents = GUILDS, enforceNonce = false } = {}) {
  const client = new Client({ intents, enforceNonce, rest: { api: server.apiUrl } });
  clients.push(client);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
  const channel = (await client.channels.fetch(general.id)) as TextChannel;
  return { client, channel };
}

describe('the local Discord', () => {
  it('lets an unmodified client log in and see its guild', async () => {
    const { client } = await connect();
    expect(client.user?.id).toBe(bot.user.id);
    expect(client.guilds.cache.map(({ name }) => name)).toEqual(['Policy team']);
    expect(server.gateway.connections).toEqual(['identify']);
  });

  it('refuses a wrong token and intents that are not enabled', async () => {
    await expect(connect({ token: 'wrong' })).rejects.toThrow(/token/);
    await expect(connect({ intents: [GatewayIntentBits.GuildMembers] })).rejects.toThrow(/disallowed intents/i);
  });

  it('stores, edits, lists and deletes messages, with files', async () => {
    const { channel } = await connect();
    const sent = await channel.send({
      content: 'Hello **all**',
      files: [{ attachment: Buffer.from('abc'), name: 'a.txt' }],
    });
    expect(shownChannel(general)).toBe('Hello all\n[file a.txt]');
    await sent.edit('Changed');
    expect((await channel.messages.fetch({ limit: 5, cache: false })).map(({ content }) => content)).toEqual([
      'Changed',
    ]);
    await sent.delete();
    expect(general.messages).toEqual([]);
  });

  it.each([
    ['a long content', { content: 'x'.repeat(2001) }, 50035],
    ['a long description', { embeds: [{ description: 'x'.repeat(4097) }] }, 50035],
    ['too much text in all embeds', { embeds: [0, 1].map(() => ({ description: 'x'.repeat(3001) })) }, 50035],
    ['nothing', { content: ' ' }, 50006],
  ])('refuses a message with %s', async (_, message, code) => {
    const { channel } = await connect();
    await expect(channel.send(message)).rejects.toMatchObject({ code });
    server.violations.splice(0);
  });

  it('counts code points, as Discord does', async () => {
    const { channel } = await connect();
    await channel.send('😀'.repeat(2000));
    expect(general.messages).toHaveLength(1);
  });

  it.runIf(process.env.DISCORD_OPENAPI)(
    'holds bodies against Discord’s own document, where it is at hand',
    async () => {
      const { channel } = await connect();
      const body = { content: 'x', tts: 'yes' };
      await expect(channel.client.rest.post(`/channels/${channel.id}/messages`, { body })).rejects.toThrow('OpenAPI');
      expect(server.violations.splice(0)).toEqual([expect.stringContaining('/tts must be boolean')]);
    },
  );

  it('says what rights are lacking', async () => {
    const { channel } = await connect();
    server.deny(general, bot, ['embedLinks']);
    await expect(channel.send({ embeds: [{ description: 'x' }] })).rejects.toMatchObject({ code: 50013 });
    server.deny(general, bot, ['viewChannel']);
    await expect(channel.send('x')).rejects.toMatchObject({ code: 50001 });
    server.deleteChannel(general);
    await expect(channel.send('x')).rejects.toMatchObject({ code: 10003 });
  });

  it('de-duplicates by an enforced nonce, so that repeated requests show one message', async () => {
    const { channel } = await connect({ enforceNonce: true });
    server.faults.plan('POST /channels/*/messages', { kind: 'status after work', status: 502 });
    await channel.send('once');
    expect(general.messages).toHaveLength(1);
    server.faults.plan('POST /channels/*/messages', { kind: 'rate limit', retryAfter: 0.05 });
    await channel.send('twice');
    expect(general.messages).toHaveLength(2);
  });

  it('knows whom a message pinged', async () => {
    const { channel } = await connect();
    await channel.send({ content: `<@${guild.ownerId}> @everyone`, allowedMentions: { parse: [] } });
    await channel.send({ embeds: [{ description: '@everyone' }] });
    expect(server.pings()).toEqual([]);
    await channel.send(`<@${guild.ownerId}> @everyone`);
    expect(server.pings()).toEqual(['everyone', guild.ownerId]);
  });

  it('starts one thread a message', async () => {
    const { channel } = await connect();
    const message = await channel.send('parent');
    const thread = await message.startThread({ name: 'rest' });
    await thread.send('below');
    expect(shownChannel(general)).toBe('parent\n(thread rest)\nbelow');
    await expect(channel.threads.create({ name: 'again', startMessage: message.id })).rejects.toMatchObject({
      code: 160004,
    });
  });

  it('replays what was missed while the connection was lost', async () => {
    const { client } = await connect();
    const names: string[] = [];
    client.on(Events.ChannelCreate, ({ name }) => names.push(name));
    server.gateway.drop();
    server.addChannel(guild, 'meanwhile');
    await until(() => names.length > 0);
    server.gateway.askToReconnect();
    await until(() => server.gateway.connections.length === 3);
    expect({ names, connections: server.gateway.connections }).toEqual({
      names: ['meanwhile'],
      connections: ['identify', 'resume', 'resume'],
    });
  });
});

describe('a person at the local Discord', () => {
  const commands = [
    {
      name: 'say',
      description: 'Says it',
      default_member_permissions: '32',
      options: [
        {
          type: 1,
          name: 'aloud',
          description: 'Says it aloud',
          options: [{ type: 3, name: 'words', description: 'What', required: true, autocomplete: true }],
        },
      ],
    },
  ];

  async function open() {
    const { client } = await connect();
    await client.rest.put(`/applications/${bot.user.id}/commands`, { body: commands });
    return {
      client,
      admin: server.person(bot, guild, 'Ana', ['manageGuild']),
      member: server.person(bot, guild, 'Ben'),
    };
  }

  it('is shown a deferral, then the answer, then a follow-up', async () => {
    const { client, admin } = await open();
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(interaction.options.getString('words', true));
      await interaction.followUp('for all');
    });
    const answer = await admin.types(general, '/say aloud', { words: 'hello' });
    expect(answer.first).toMatchObject({ type: 5, flags: 64 });
    expect([answer.private, answer.public].map((messages) => messages.map(shownMessage))).toEqual([
      ['hello'],
      ['for all'],
    ]);
  });

  it('finds a first follow-up in place of the deferral, and as private', async () => {
    const { client, admin } = await open();
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('for all?');
    });
    const answer = await admin.types(general, '/say aloud', { words: 'hello' });
    expect(answer.private.map(shownMessage)).toEqual(['for all?']);
  });

  it('cannot be answered twice, late, or after a quarter of an hour', async () => {
    const { client, admin } = await open();
    const codes: unknown[] = [];
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { client: same, id, token } = interaction;
      const callback = () =>
        same.rest.post(`/interactions/${id}/${token}/callback`, { body: { type: 5 }, auth: false });
      await callback();
      await callback().catch((thrown) => codes.push(thrown.code));
      await interaction.webhook.editMessage('@original', 'done');
      server.state.advance(16 * 60_000);
      await interaction.webhook.editMessage('@original', 'late').catch((thrown) => codes.push(thrown.code));
      await same.rest
        .post(`/interactions/1/x/callback`, { body: { type: 5 }, auth: false })
        .catch((thrown) => codes.push(thrown.code));
    });
    await admin.types(general, '/say aloud', { words: 'hello' });
    await until(() => codes.length === 3);
    expect(codes).toEqual([40060, 50027, 10062]);
  });

  it('is offered completion, forms and menus, and no command without the rights for it', async () => {
    const { client, admin, member } = await open();
    client.on(Events.InteractionCreate, async (interaction) => {
      if (interaction.isAutocomplete()) await interaction.respond([{ name: 'Hello', value: 'hello' }]);
      if (interaction.isModalSubmit()) await interaction.reply(`form ${interaction.fields.getTextInputValue('text')}`);
      if (!interaction.isChatInputCommand()) return;
      await interaction.showModal({
        custom_id: 'form',
        title: 'A form',
        components: [
          { type: 18, label: 'Text', component: { type: 4, custom_id: 'text', style: 1, value: 'as it was' } },
        ],
      });
    });
    expect((await admin.completes(general, '/say aloud', 'words', 'he')).choices()).toEqual([
      { name: 'Hello', value: 'hello' },
    ]);
    const modal = (await admin.types(general, '/say aloud', { words: 'x' })).modal();
    expect((await admin.submits(general, modal)).text).toBe('form as it was');
    await expect(member.types(general, '/say aloud', { words: 'x' })).rejects.toThrow('hides /say from ben');
    await expect(admin.types(general, '/say aloud')).rejects.toThrow('asks for words');
  });

  it('attaches a file to an option for files alone, and the bot finds it where it is said to lie', async () => {
    const { client, admin } = await open();
    const base = { name: 'read', description: 'Reads it' };
    const options = (option: object) => [{ ...base, options: [{ type: 1, ...base, options: [option] }] }];
    const put = (option: object) =>
      client.rest.put(`/applications/${bot.user.id}/commands`, { body: options({ ...base, ...option }) });
    await expect(put({ type: 11, autocomplete: true })).rejects.toMatchObject({ code: 50035 });
    await put({ type: 11 });
    client.on(Events.InteractionCreate, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { name, size, url } = interaction.options.getAttachment('read', true);
      await interaction.reply(`${name} of ${size}: ${await (await fetch(url)).text()}`);
    });
    const file = { name: 'a b.txt', content: 'hello' };
    expect((await admin.types(general, '/read read', { read: file })).text).toBe('a b.txt of 5: hello');
    await expect(admin.types(general, '/read read', { read: 'words' })).rejects.toThrow('read takes a file');
  });
});

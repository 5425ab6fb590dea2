import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildManifest } from '../../../adapters/slack/manifest.ts';
import { COMMANDS } from '../../../src/commands/index.ts';

/** The parts of the schema that we use, with its limits (github.com/slackapi/manifest-schema, version 2). */
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(2), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(174).max(4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({ display_name: z.string().regex(/^[a-z0-9._-]{1,80}$/), always_online: z.boolean() }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
          description: z.string().min(1).max(2_000),
          usage_hint: z.string().min(1).max(1_000),
          should_escape: z.literal(false),
          url: z.url().optional(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: z.url().optional(), bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: z.url().optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.literal(false),
  }),
});

describe('the Slack manifest', () => {
  it('fits the schema, for Socket Mode without any address', () => {
    const manifest = manifestSchema.parse(buildManifest(COMMANDS, { prefix: '' }));
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('http');
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(['/barrier', '/digest', '/feeds']);
  });

  it('fits the schema for HTTP, with one address everywhere', () => {
    const manifest = manifestSchema.parse(buildManifest(COMMANDS, { prefix: '', url: 'https://bot.example.org/' }));
    const address = 'https://bot.example.org/slack/events';
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: address },
      event_subscriptions: { request_url: address },
    });
    expect(manifest.features.slash_commands.map(({ url }) => url)).toEqual([address, address, address]);
  });

  it('hints at every command, and names it with the prefix', () => {
    const manifest = manifestSchema.parse(buildManifest(COMMANDS, { prefix: 'bw-' }));
    const hints = Object.fromEntries(
      manifest.features.slash_commands.map(({ command, usage_hint }) => [command, usage_hint]),
    );
    for (const { root, verb } of COMMANDS) expect(hints[`/bw-${root}`]).toContain(verb);
  });
});

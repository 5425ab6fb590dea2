/** What Slack tells of by itself: invitations and removals, the Home tab opened, words and files in a direct message. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { prefixed } from '../../src/command-prefix.ts';
import { messageOf } from '../../src/errors.ts';
import { DAY } from '../../src/time.ts';
import { LIMITS } from './limits.ts';
import { answerOnce, type Listening, personOf } from './listeners.ts';
import { renderView } from './render.ts';
import { readSharedFile, sharedFileSchema } from './shared-file.ts';
import { typedText } from './text.ts';
import { channelOf, type Team } from './workspaces.ts';

const envelopeSchema = z.object({ event_id: z.string() });
/** Some events name their channel by an id, some by an object. */
const eventSchema = z.looseObject({
  user: z.string().optional(),
  channel: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).optional(),
  tab: z.string().optional(),
  text: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  channel_type: z.string().optional(),
  files: z.array(sharedFileSchema).default([]),
  /** Whose tokens were revoked: ids of bots, and of people, who are none of ours. */
  tokens: z.object({ bot: z.array(z.string()).default([]) }).optional(),
});
type Happening = z.infer<typeof eventSchema>;

const REMOVALS: Readonly<Record<string, string>> = {
  channel_archive: 'The channel was archived. Take it out of the archive and invite me again.',
  group_archive: 'The channel was archived. Take it out of the archive and invite me again.',
  channel_deleted: 'The channel was deleted. Set up the digest in another.',
  group_deleted: 'The channel was deleted. Set up the digest in another.',
  channel_left: 'I was removed from the channel. Invite me again with /invite.',
  group_left: 'I was removed from the channel. Invite me again with /invite.',
  app_uninstalled: 'The app was removed from this workspace. Install it again.',
  tokens_revoked: 'The app was removed from this workspace. Install it again.',
};

/** Registers them; each event is done once, since Slack sends one again that it thinks unanswered (docs.slack.dev/apis/events-api). */
export function listenToEvents(app: App, listening: Listening): void {
  const on = (name: string, work: (team: Team, event: Happening, id: string) => Promise<void>) => {
    app.event(name, async ({ event, body, context }) => {
      const team = listening.teamOf(context.teamId);
      if (team === undefined) return;
      const { event_id } = envelopeSchema.parse(body);
      const dealWith = async () => {
        try {
          await listening.host.join(team.workspace);
          await work(team, eventSchema.parse(event), event_id);
        } catch (thrown) {
          const facts = { err: thrown, event: name, reason: messageOf(thrown) };
          listening.log.error(facts, 'an event of Slack was not dealt with');
        }
      };
      const dealing = dealWith();
      listening.track(dealing);
      await dealing;
    });
  };
  const isFirst = (team: Team, id: string) => listening.host.once(team.workspace.id, `event ${id}`, DAY);

  on('member_joined_channel', async (team, { user, channel }, id) => {
    if (user !== team.botUserId || channel === undefined || !(await isFirst(team, id))) return;
    await welcome(listening, team, channel);
  });
  for (const [name, reason] of Object.entries(REMOVALS)) {
    on(name, async (team, { channel, tokens }, id) => {
      if ((tokens && tokens.bot.length === 0) || !(await isFirst(team, id))) return;
      const route = { workspaceId: team.workspace.id, ...(channel ? { channelId: channel } : {}) };
      await listening.host.removed(route, reason);
    });
  }
  on('app_home_opened', async (team, { user, tab }) => {
    if (user !== undefined && tab !== 'messages') await showHome(listening, team, user);
  });
  on('message', async (team, event, id) => {
    const { user, text, subtype, bot_id, channel, channel_type, files } = event;
    // What the bot itself sends, a list of feeds among it, is told to it as well.
    if (channel_type !== 'im' || bot_id !== undefined || user === undefined || user === team.botUserId) return;
    const { host, apiUrl } = listening;
    const { workspace, token } = team;
    const person = personOf(listening, team, { userId: user, channelId: channel });
    const asked = { workspace, channel: person.channel, user: person.user };
    if (subtype === 'file_share') {
      await answerOnce(listening, person, id, async () => {
        const list = await readSharedFile(files, { token, apiUrl });
        return host.handle({ ...asked, root: 'feeds', verb: 'import', input: { list } });
      });
    } else if (subtype === undefined && text !== undefined) {
      await answerOnce(listening, person, id, () => host.handle({ ...asked, text: typedText(text) }));
    }
  });
}

async function welcome({ host, rights, answers, sender }: Listening, team: Team, channelId: string): Promise<void> {
  const card = await host.invited(team.workspace, channelOf(team, channelId), rights.words);
  if (card === undefined) return;
  const { messages } = await answers.render(team, card, LIMITS.responses);
  await sender.post(team.client, channelId, messages, `welcome ${team.workspace.id} ${channelId}`);
}

async function showHome(listening: Listening, team: Team, userId: string): Promise<void> {
  const { user } = personOf(listening, team, { userId });
  const card = await listening.host.home(team.workspace, user);
  await team.client.views.publish({
    user_id: userId,
    view: { type: 'home', blocks: renderView(prefixed(card, listening.prefix)) },
  });
}

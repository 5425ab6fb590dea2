/** What commands, presses, forms and events have in common: whose they are, that they are done once, that a person gets an answer. */
import type { AdapterHost } from '../../src/adapter-host.ts';
import type { Card } from '../../src/card.ts';
import type { User } from '../../src/command.ts';
import { errorCard } from '../../src/error-card.ts';
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import { DAY } from '../../src/time.ts';
import type { Answers, Asker } from './answers.ts';
import type { Rights } from './rights.ts';
import type { Sender } from './sender.ts';
import { channelOf, SLACK, type Team } from './workspaces.ts';

/** What listeners work with. */
export interface Listening {
  readonly host: AdapterHost;
  readonly answers: Answers;
  readonly rights: Rights;
  readonly sender: Sender;
  readonly prefix: string;
  readonly log: Log;
  /** Another base address of the Web API. */
  readonly apiUrl?: string | undefined;
  /** The workspace of an installation; undefined for one whose token we do not have. */
  readonly teamOf: (teamId: string | undefined) => Team | undefined;
  /** Names work that a stop waits for. */
  readonly track: (work: Promise<void>) => void;
}

/** Acknowledges. A socket that was lost since takes no acknowledgement, but the work can still be done and answered. */
export async function acknowledge(ack: () => Promise<void>, { log }: Pick<Listening, 'log'>): Promise<void> {
  try {
    await ack();
  } catch (thrown) {
    log.info({ reason: messageOf(thrown) }, 'an acknowledgement did not reach Slack');
  }
}

/** A person who asked something, with all that an answer needs. */
export interface Person extends Asker {
  readonly user: User;
}

export function personOf(
  { rights }: Listening,
  team: Team,
  asked: {
    readonly userId: string;
    readonly userName?: string | undefined;
    readonly channelId?: string | undefined;
    readonly thread?: string | undefined;
    readonly respond?: string | undefined;
  },
): Person {
  const { userId, userName, channelId, thread, respond } = asked;
  return {
    team,
    userId,
    thread,
    respond,
    channel: channelOf(team, channelId ?? `home-${userId}`),
    user: {
      id: `${SLACK}:${userId}`,
      name: userName ?? userId,
      isAdmin: () => rights.isAdmin(team, userId),
      admins: rights.words,
    },
  };
}

/**
 * Does the work of one interaction once, however often Slack delivers it, and answers the person also when it fails. `id` is
 * Slack's own for the interaction.
 */
export function answerOnce(
  listening: Listening,
  person: Person,
  id: string,
  work: () => Promise<Card | undefined>,
): Promise<void> {
  const answering = answer(listening, person, id, work);
  listening.track(answering);
  return answering;
}

async function answer(
  { host, answers, log }: Listening,
  person: Person,
  id: string,
  work: () => Promise<Card | undefined>,
): Promise<void> {
  const { team } = person;
  const { timeZone } = team.workspace;
  try {
    await host.join(team.workspace);
    if (!(await host.once(team.workspace.id, `interaction ${id}`, DAY))) return;
    const card = await work();
    if (card) await answers.show(person, card);
  } catch (thrown) {
    const card = errorCard(thrown, timeZone, log);
    await answers.show(person, card).catch((again: unknown) => {
      log.error({ reason: messageOf(again), first: messageOf(thrown) }, 'a person on Slack got no answer');
    });
  }
}

/** What the bot says once when it is invited: who it is, what it posts and when, who can change that. */
import { type Card, paragraph } from './card.ts';
import type { Instant, Subscription } from './model.ts';
import { plural } from './plural.ts';
import { ruleWords } from './subscription.ts';

export interface WelcomeFacts {
  /** The channel's subscription; absent before one is set up. */
  readonly subscription?: Subscription;
  readonly feeds: number;
  /** Who may change things, in words. */
  readonly admins: string;
  readonly timeZone: string;
  readonly now: Instant;
}

export function welcomeCard({ subscription, feeds, admins, timeZone, now }: WelcomeFacts): Card {
  const when = subscription
    ? `The digest of this channel: ${ruleWords(subscription, now)}.`
    : 'Nothing is posted here until an admin sets up the digest: the button below, or /digest schedule 08:30.';
  return {
    title: 'Barrierwatch is here',
    tone: 'plain',
    public: true,
    timeZone,
    blocks: [
      paragraph(
        `I read ${plural(feeds, 'source')} on AI governance, tag what they publish against six barriers to governing AI, with the words that prove it, and post a digest.`,
      ),
      paragraph(when),
      paragraph(
        `Anyone can ask: /barrier, /barrier search export controls, /barrier help. Feeds and digests are changed by ${admins}.`,
      ),
      {
        kind: 'buttons',
        buttons: [
          ...(subscription
            ? []
            : [{ label: 'Set up the digest', command: '/digest schedule', action: 'form' as const }]),
          { label: 'See the barriers', command: '/barrier overview' },
          { label: 'Help', command: '/barrier help' },
        ],
      },
    ],
  };
}

import type { ItemDraft } from '../../src/model.ts';
import { itemDraft } from '../test-bot.ts';

/** What the feed of a bot on a local platform holds unless a test says otherwise: two events of one barrier. */
export const ITEMS: readonly ItemDraft[] = [
  itemDraft('Senate votes on a federal preemption of state AI laws', {
    summary: 'The Senate votes to preempt state AI laws for ten years, with export controls on chips left as they are.',
    publishedAt: '2026-06-09T12:00:00.000Z',
  }),
  itemDraft('United States widens export controls on AI chips to rival powers', {
    summary: 'The United States imposes export controls on advanced AI chips, and China retaliates.',
    publishedAt: '2026-06-09T15:00:00.000Z',
  }),
];

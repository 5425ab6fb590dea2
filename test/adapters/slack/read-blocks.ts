/** Reads Block Kit the way a Slack client does, independent of the renderer: words, links, mentions, and what Slack would refuse. */
import { z } from 'zod';
import type { SlackMessage } from '../../../adapters/slack/render.ts';
import { checkMessage } from './server/payload-limits.ts';
import { Refusal } from './server/refusal.ts';

const node: z.ZodType<Node> = z.lazy(() => z.looseObject({ type: z.string() }));
interface Node {
  type: string;
  [key: string]: unknown;
}

/** What a reader gets of a message. */
export interface Read {
  readonly words: string;
  readonly links: readonly string[];
  /** Elements or mark-up that would notify somebody. */
  readonly mentions: readonly string[];
}

const MENTION_TYPES = new Set(['user', 'usergroup', 'broadcast', 'channel', 'team']);

export function readMessage({ blocks, text }: Pick<SlackMessage, 'blocks' | 'text'>): Read {
  const words: string[] = [];
  const links: string[] = [];
  const mentions = [...text.matchAll(/<[!@#][^>]*>/g)].map(String);
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const found = node.safeParse(value);
    if (found.success) {
      const { type } = found.data;
      if (MENTION_TYPES.has(type)) mentions.push(JSON.stringify(value));
      if (type === 'mrkdwn') mentions.push('mark-up, which can hold mentions');
      if (type === 'link') links.push(String(found.data.url));
      if (typeof found.data.text === 'string') words.push(found.data.text);
    }
    for (const child of Object.values(value)) visit(child);
  };
  for (const block of blocks) visit(block);
  return { words: words.join(''), links, mentions };
}

/** What Slack would refuse in a message, in its own words; empty when nothing. */
export function faultsOf({ blocks, text }: Pick<SlackMessage, 'blocks' | 'text'>): string[] {
  try {
    checkMessage({ text, blocks });
    return [];
  } catch (thrown) {
    return [thrown instanceof Refusal ? JSON.stringify([thrown.code, thrown.extra]) : String(thrown)];
  }
}

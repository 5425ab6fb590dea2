import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FEED_KINDS } from '../../../src/model.ts';

/** Described by their own standards. */
const STANDARDS = ['rss', 'atom', 'jsonfeed', 'auto'];

it.each(FEED_KINDS.filter((kind) => !STANDARDS.includes(kind)))(
  'the kind %s has its page in docs/feed-kinds',
  (kind) => {
    expect(existsSync(new URL(`../../../docs/feed-kinds/${kind}.md`, import.meta.url))).toBe(true);
  },
);

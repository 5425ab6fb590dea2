import { describe, expect, it } from 'vitest';
import { toEvents } from '../../src/event.ts';
import type { ReadItem } from '../../src/model.ts';
import { whyJoined } from '../../src/why-joined.ts';
import { readItem } from './event-items.ts';

function told(id: string, title: string, extra: Partial<ReadItem['item']> = {}): ReadItem {
  const read = readItem(id, { event: 'e', date: '2026-06-10', feed: `Feed ${id}` });
  return { ...read, item: { ...read.item, title, ...extra } };
}

function why(found: ReadItem, ...others: ReadItem[]): string | undefined {
  const [event] = toEvents([found, ...others]);
  return event && whyJoined(found, event, others);
}

describe('why an item was joined to its event', () => {
  const signed = told('a', 'Newsom signs SB 53');

  it('is the document and the words it shares with the item it is likest to', () => {
    const far = told('b', 'California law');
    const near = told('c', 'California governor signs frontier bill SB 53');
    expect(why(signed, far, near)).toMatch(
      /^Joined with “California governor signs frontier bill SB 53” \(Feed c\) because both name the document sb53 and say “.*Newsom.*” \(likeness 0\.\d\d\)\.$/,
    );
  });

  it('is the link where both have the same', () => {
    const url = 'https://news.example/a';
    expect(why(told('a', 'One', { url }), told('b', 'Two', { url }))).toContain('because both have the same link.');
  });

  it('is another item or an admin where the two share no word', () => {
    expect(why(signed, told('b', 'Nvidia chips'))).toContain('because a third item, or an admin, joined them.');
  });

  it('is nothing for an item that stands alone', () => {
    expect(why(signed)).toBeUndefined();
  });
});

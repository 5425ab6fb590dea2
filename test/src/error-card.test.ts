import { describe, expect, it } from 'vitest';
import { errorCard } from '../../src/error-card.ts';
import { messageOf, StoreError, UserError, WorldError } from '../../src/errors.ts';
import { keptLog, wordsOf } from '../test-bot.ts';

describe('a failure as a card', () => {
  it.each([
    ['the person’s', new UserError('Type it as: …'), 'warning', 'That did not work\nType it as: …'],
    ['the world’s', new WorldError('answered 503'), 'bad', 'Something outside failed\nanswered 503'],
  ])('says in words what is %s, and logs nothing', (_, thrown, tone, words) => {
    const log = keptLog();
    const card = errorCard(thrown, 'UTC', log);
    expect([card.tone, wordsOf(card), card.public]).toEqual([tone, words, false]);
    expect(log.lines).toEqual([]);
  });

  it.each([new TypeError('x is not a function'), 'a thrown text', undefined, null])(
    'logs a fault of ours (%s) and shows none of it',
    (thrown) => {
      const log = keptLog();
      const words = wordsOf(errorCard(thrown, 'UTC', log));
      expect(words).toContain('The fault is ours');
      expect(words).not.toContain('x is not a function');
      expect(log.lines).toHaveLength(1);
    },
  );

  it('says what keeps anything from being stored, and logs it with its cause', () => {
    const log = keptLog();
    const card = errorCard(new StoreError('full', 'The disk is full. Free some space.'), 'UTC', log);
    expect([card.tone, wordsOf(card)]).toEqual(['bad', 'Nothing can be stored\nThe disk is full. Free some space.']);
    expect(log.lines).toHaveLength(1);
  });

  it.each([
    [new Error('words'), 'words'],
    ['words', 'words'],
    [undefined, 'undefined'],
  ])('finds the words of %s', (thrown, words) => {
    expect(messageOf(thrown)).toBe(words);
  });
});

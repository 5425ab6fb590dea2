import { describe, expect, it } from 'vitest';
import { contentWords } from '../../src/event-words.ts';

function keys(text: string): string[] {
  return contentWords(text).map(({ key }) => key);
}

describe('the words of a headline', () => {
  it.each([
    ['Laws, policies and rulings', ['law', 'policy', 'ruling']],
    ['GPT-5.6 cheated', ['gpt-5.6', 'cheat']],
    ['Règlement général', ['règlement', 'général']],
    ['The AI Act’s rules', ['aiact', 'rule']],
    ['the of and', []],
    ['A constructor of models', ['constructor', 'model']],
    ['', []],
  ])('of “%s” are those that carry meaning', (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  it.each([
    ['UNGA adopts', 'the United Nations General Assembly adopted'],
    ['Gov. Newsom signs', 'California governor signed'],
    ['White House unveils', 'President Trump reveals'],
    ['Pentagon', 'Department of Defense'],
    ['DOJ sues', 'Justice Department lawsuit'],
    ['US rules', 'American regulations'],
  ])('are the same for “%s” and “%s”', (one, other) => {
    expect(keys(one)).toEqual(keys(other));
  });

  it('tell the country from the word', () => {
    expect(keys('US tells us')).toEqual(['usa', 'tell', 'us']);
  });

  it('are kept as they stand, to be shown', () => {
    expect(contentWords('UN Security Council')).toEqual([
      { key: 'un', text: 'UN Security Council' },
      { key: 'securitycouncil', text: 'UN Security Council' },
    ]);
  });
});

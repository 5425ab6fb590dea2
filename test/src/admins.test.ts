import { describe, expect, it } from 'vitest';
import { isLocalAdmin, namedAdmins } from '../../src/admins.ts';

describe('ADMINS', () => {
  it.each([
    ['names nobody: the one at the terminal may', [], 'local:ana', true],
    ['names another', ['local:maria'], 'local:ana', false],
    ['names this one', ['local:maria', 'local:ana'], 'local:ana', true],
    ['names only people elsewhere', ['slack:U1'], 'local:ana', true],
    ['names a longer name', ['local:anabel'], 'local:ana', false],
    ['names a name in another case', ['local:Ana'], 'local:ana', false],
  ])('%s', (_, admins, user, may) => {
    expect(isLocalAdmin(admins, 'local', user)).toBe(may);
  });

  it('are told apart by adapter', () => {
    expect(namedAdmins(['slack:U1', 'local:ana', 'slack:U2', 'slackish:U3'], 'slack')).toEqual([
      'slack:U1',
      'slack:U2',
    ]);
    expect(namedAdmins([], 'slack')).toEqual([]);
  });
});

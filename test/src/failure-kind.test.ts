import { describe, expect, it } from 'vitest';
import { UserError, WorldError } from '../../src/errors.ts';
import { failureKind, failureReason } from '../../src/failure-kind.ts';

describe('the kind of a failure', () => {
  it.each([
    [new WorldError('x', { obstacle: 'unreachable' }), 'unreachable'],
    [new WorldError('x', { obstacle: 'slow' }), 'slow'],
    [new WorldError('x', { status: 404 }), 'missing'],
    [new WorldError('x', { status: 410 }), 'gone'],
    [new WorldError('x', { status: 403 }), 'refused'],
    [new WorldError('x', { status: 503 }), 'server'],
    [new WorldError('answered with a web page'), 'content'],
    [new UserError('private'), 'address'],
    [new TypeError('x'), 'ours'],
  ] as const)('of %o is %s', (thrown, kind) => {
    expect(failureKind(thrown, false)).toBe(kind);
  });

  it('is a limit where the refusal is taken for one', () => {
    expect(failureKind(new WorldError('x', { status: 403 }), true)).toBe('limited');
  });

  it('is told with what was seen', () => {
    expect(failureReason({ failure: 'server', lastError: 'answered 503' })).toBe('trouble at the server: answered 503');
    expect(failureReason({ failure: 'content', lastError: 'answered with a web page' })).toBe(
      'answered with a web page',
    );
    expect(failureReason({ failure: 'gone' })).toBe('gone for good');
  });
});

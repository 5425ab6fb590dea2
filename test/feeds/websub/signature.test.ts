import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../../feeds/websub/signature.ts';

const BODY = Buffer.from('<rss/>');
const sign = (method: string, secret = 'secret') =>
  `${method}=${createHmac(method, secret).update(BODY).digest('hex')}`;

describe('the signature of a hub', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('is taken by %s', (method) => {
    expect(isSigned(BODY, sign(method), 'secret')).toBe(true);
    expect(isSigned(BODY, sign(method).toUpperCase(), 'secret')).toBe(true);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one under another secret', sign('sha256', 'other')],
    ['one by a method of no standard', sign('md5')],
    ['one that was cut', sign('sha256').slice(0, -2)],
    ['one with too much', `${sign('sha256')}00`],
    ['no digest', 'sha256='],
    ['words', 'sha256=not hexadecimal'],
  ])('is not taken for %s', (_, signature) => {
    expect(isSigned(BODY, signature, 'secret')).toBe(false);
  });

  it('is not taken for another body', () => {
    expect(isSigned(Buffer.from('<rss>!</rss>'), sign('sha256'), 'secret')).toBe(false);
  });
});

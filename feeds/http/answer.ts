import type { Dispatcher } from 'undici';
import type { Instant } from '../../src/model.ts';
import { readBody, tooLarge } from './body.ts';
import { statusFailure } from './failure.ts';
import { header, nextLook } from './freshness.ts';

/** A server's answer: nothing new (304), or a document. */
export type HttpAnswer = AnswerFacts &
  (
    | { readonly outcome: 'unchanged' }
    | {
        readonly outcome: 'document';
        /** The address after redirects. */
        readonly url: string;
        readonly bytes: Uint8Array;
        readonly contentType?: string;
        /** The links of its Link header as it stands (RFC 8288); absent where there is none. */
        readonly links?: string;
      }
  );

/** What an answer tells beside its content. */
interface AnswerFacts {
  readonly etag?: string;
  readonly lastModified?: string;
  /** The server's wish for the next look. */
  readonly notBefore?: Instant;
  /** The server's own clock (`Date`, RFC 9110 §6.6.1), in whole seconds; absent where it tells none. */
  readonly servedAt?: Instant;
  /** Where permanent redirects (301, 308) alone led to; absent where the address still holds. */
  readonly movedTo?: string;
  /** True where the site's robots.txt asks programs not to read this address. */
  readonly disallowed?: boolean;
}

/** How an answer is read. */
export interface Reading {
  readonly url: URL;
  /** True where validators were sent, so that 304 is an answer. */
  readonly isConditional: boolean;
  readonly maxBytes: number;
  readonly now: Instant;
}

/** Reads an answer that is no redirect; throws WorldError where it is neither a document nor "unchanged". */
export async function readAnswer(response: Dispatcher.ResponseData, reading: Reading): Promise<HttpAnswer> {
  const { statusCode, headers, body } = response;
  const { url, isConditional, maxBytes, now } = reading;
  if (statusCode === 304 && isConditional) {
    await body.dump();
    return { outcome: 'unchanged', ...factsOf(headers, now) };
  }
  if (statusCode < 200 || statusCode > 299) {
    await body.dump();
    throw statusFailure(statusCode, headers, now);
  }
  if (Number(header(headers, 'content-length') ?? 0) > maxBytes) {
    body.destroy();
    throw tooLarge(maxBytes);
  }
  const contentType = header(headers, 'content-type');
  const links = [headers.link ?? []].flat().join(', ');
  const bytes = await readBody(body, header(headers, 'content-encoding'), maxBytes);
  return {
    outcome: 'document',
    url: url.href,
    bytes,
    ...(contentType === undefined ? {} : { contentType }),
    ...(links === '' ? {} : { links }),
    ...factsOf(headers, now),
  };
}

function factsOf(headers: Dispatcher.ResponseData['headers'], now: Instant): AnswerFacts {
  const etag = header(headers, 'etag');
  const lastModified = header(headers, 'last-modified');
  const notBefore = nextLook(headers, now);
  const served = Date.parse(header(headers, 'date') ?? '');
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(Number.isNaN(served) ? {} : { servedAt: new Date(served).toISOString() }),
  };
}

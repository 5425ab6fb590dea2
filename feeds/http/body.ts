import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { WorldError } from '../../src/errors.ts';

const inflaters = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
  // Some servers say deflate and leave out the zlib wrapper that RFC 9110 §8.4.1.2 asks for.
  'raw-deflate': promisify(inflateRaw),
};

/** The codings that `readBody` undoes, as an Accept-Encoding header. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Nobody compresses twice with reason; each further time only costs the reader. */
const MOST_CODINGS = 2;

/** The bytes of a body, decoded; throws WorldError above `maxBytes`, counted before and after decoding. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  let bytes = await collect(body, maxBytes);
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const applied = codings.filter((name) => name !== '' && name !== 'identity').reverse();
  if (applied.length > MOST_CODINGS)
    throw new WorldError('answered with a document that is compressed again and again');
  for (const coding of applied) {
    bytes = await expand(bytes, coding, maxBytes);
  }
  return bytes;
}

/** What every body above the limit is refused with. */
export function tooLarge(maxBytes: number): WorldError {
  return new WorldError(`answered with more than ${Math.round(maxBytes / 1_048_576)} MB`);
}

async function collect(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length);
}

async function expand(bytes: Uint8Array, coding: string, maxBytes: number): Promise<Uint8Array> {
  // Some servers name a coding and send an empty body without it.
  if (bytes.length === 0) return bytes;
  const isRaw = coding === 'deflate' && ((bytes[0] ?? 0) & 0x0f) !== 8;
  const known = Object.entries(inflaters).find(([name]) => name === (isRaw ? 'raw-deflate' : coding));
  if (known === undefined)
    throw new WorldError(`answered in a compression that was not asked for (${coding.slice(0, 40)})`);
  try {
    return await known[1](bytes, { maxOutputLength: maxBytes });
  } catch (thrown) {
    if (thrown instanceof RangeError) throw tooLarge(maxBytes);
    throw new WorldError('answered with a damaged compressed document', { cause: thrown });
  }
}

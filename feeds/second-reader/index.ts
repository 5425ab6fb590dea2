/** The second reader over any service that speaks OpenAI's chat completions with a JSON schema for the answer. */
import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Config } from '../../src/config.ts';
import type { Clock } from '../../src/ports.ts';
import type { ReadableText, SecondReader, SecondReaderUse } from '../../src/second-reader.ts';
import { hostOf } from '../http/address.ts';
import { ACCEPTED_ENCODINGS, readBody } from '../http/body.ts';
import { connectionFailure, statusFailure } from '../http/failure.ts';
import { header } from '../http/freshness.ts';
import { createConnector, type Resolve } from '../http/lookup.ts';
import { createAddressRule } from '../http/private-address.ts';
import { withinTime } from '../http/time-limit.ts';
import { ANSWER_SCHEMA, readAnswer } from './answer.ts';
import { INSTRUCTIONS, itemMessage } from './prompt.ts';
import { type SecondReaderSettings, secondReaderSettings } from './settings.ts';

const MOST_BYTES = 1_048_576;

/** The second reader of the settings with its limit; undefined where it is off. Throws UserError. */
export function openSecondReader(config: Config, clock: Clock): SecondReaderUse | undefined {
  const settings = secondReaderSettings(config);
  if (settings === undefined) return undefined;
  const reader = createSecondReader(settings, clock);
  return { reader, budget: config.TAGGER_DAILY_BUDGET, timeZone: config.TIME_ZONE };
}

/** Asks one model. `resolve` looks names up; the system's look-up where absent. */
export function createSecondReader(settings: SecondReaderSettings, clock: Clock, resolve?: Resolve): SecondReader {
  const { url, model, key, timeoutMs } = settings;
  const rule = createAddressRule(settings.allowPrivate);
  const agent = new Agent({
    connect: createConnector(rule, { timeout: timeoutMs, resolve }),
    // Our own limit covers the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'accept-encoding': ACCEPTED_ENCODINGS,
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };

  /** No redirect is followed: the key and the item are for the one address that a person set. */
  async function ask(text: ReadableText, signal: AbortSignal): Promise<string> {
    const body = JSON.stringify(requestBody(model, text));
    const response = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal });
    if (response.statusCode !== 200) {
      // Nothing of its body is kept: some services repeat the key there.
      await response.body.dump();
      throw statusFailure(response.statusCode, response.headers, clock.now());
    }
    const bytes = await readBody(response.body, header(response.headers, 'content-encoding'), MOST_BYTES);
    return Buffer.from(bytes).toString();
  }

  return {
    model,
    version: createHash('sha256')
      .update(JSON.stringify([model, url.href, INSTRUCTIONS, ANSWER_SCHEMA]))
      .digest('hex'),
    async read(text, signal) {
      signal.throwIfAborted();
      const body = await withinTime(timeoutMs, signal, async (inner) => {
        try {
          return await ask(text, inner);
        } catch (thrown) {
          throw connectionFailure(thrown, hostOf(url));
        }
      });
      return readAnswer(body);
    },
    close: () => agent.destroy(),
  };
}

function requestBody(model: string, text: ReadableText) {
  return {
    model,
    messages: [
      { role: 'system', content: INSTRUCTIONS },
      { role: 'user', content: itemMessage(text) },
    ],
    response_format: { type: 'json_schema', json_schema: { name: 'tags', strict: true, schema: ANSWER_SCHEMA } },
  };
}

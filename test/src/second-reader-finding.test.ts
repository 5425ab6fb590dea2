import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSecondReader } from '../../feeds/second-reader/index.ts';
import { parseSettings } from '../../src/config.ts';
import { findingLines } from '../../src/doctor.ts';
import { secondReaderFinding } from '../../src/second-reader-finding.ts';
import { completion, ModelServer } from '../second-reader/server.ts';

const server = new ModelServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

async function lines(extra: Record<string, string> = {}): Promise<string[]> {
  const settings = {
    TAGGER_API_URL: server.url,
    TAGGER_MODEL: 'test-model',
    TAGGER_API_KEY: 'sk-not-to-be-seen',
    ...extra,
  };
  const use = openSecondReader(parseSettings(settings), { now: () => '2026-06-10T06:30:00.000Z' });
  return findingLines([await secondReaderFinding(use)]);
}

describe('the doctor, of the second reader', () => {
  it('says in one line that it answers, after one question', async () => {
    server.writes({});
    expect(await lines()).toEqual([
      '✓ Second reader: test-model answered in the right form; at most 500 requests a day',
    ]);
    expect(server.sent).toHaveLength(1);
  });

  it('says that it is off', async () => {
    expect(await lines({ TAGGER_API_URL: '' })).toEqual([
      '✓ Second reader: off; docs/second-reader.md says what it is for',
    ]);
  });

  it.each([
    [401, 'Check TAGGER_API_KEY.'],
    [404, 'Check TAGGER_API_URL, which ends before /chat/completions, and TAGGER_MODEL.'],
    [429, 'Check the limits and the credit of your account with the service.'],
    [500, 'Check TAGGER_API_URL and that its service runs.'],
    [400, 'Set a TAGGER_MODEL that keeps to a JSON schema (response_format json_schema).'],
  ])('says what to do where it answers %i, without the key', async (status, remedy) => {
    server.fails(status);
    const found = await lines();
    expect(found[0]).toContain(`✗ Second reader: test-model: answered ${status}`);
    expect(found[1]).toBe(`  ${remedy}`);
    expect(found.join()).not.toContain('not-to-be-seen');
  });

  it('says what to do where it is not there, is too slow, or does not keep to the form', async () => {
    expect((await lines({ TAGGER_API_URL: 'http://127.0.0.1:1' }))[1]).toContain('that its service runs');
    server.answer = () => {};
    expect((await lines({ TAGGER_TIMEOUT: '1' }))[1]).toContain('Raise TAGGER_TIMEOUT');
    server.answer = (_, response) => response.end(completion('Sure!'));
    expect((await lines())[1]).toContain('keeps to a JSON schema');
  });
});

/** What `npm run doctor` finds of the second reader. */
import type { Finding } from './doctor-finding.ts';
import { messageOf, WorldError } from './errors.ts';
import type { SecondReaderUse } from './second-reader.ts';

const SUBJECT = 'Second reader';

const SAMPLE = {
  title: 'Parliament votes to postpone the rules for high-risk AI systems by a year',
  summary: 'Members voted to postpone the application of the rules, because standards are not ready.',
};

/** Asks it about a sample item, which costs one request beyond the budget. */
export async function secondReaderFinding(use: SecondReaderUse | undefined): Promise<Finding> {
  if (use === undefined)
    return { subject: SUBJECT, state: 'good', found: 'off; docs/second-reader.md says what it is for' };
  const { reader, budget } = use;
  try {
    await reader.read(SAMPLE, new AbortController().signal);
    const found = `${reader.model} answered in the right form; at most ${budget} requests a day`;
    return { subject: SUBJECT, state: 'good', found };
  } catch (thrown) {
    const found = `${reader.model}: ${messageOf(thrown)}; the built-in rules’ tags stand`;
    return { subject: SUBJECT, state: 'bad', found, remedy: remedyOf(thrown) };
  } finally {
    await reader.close();
  }
}

function remedyOf(thrown: unknown): string {
  const { status, obstacle } = thrown instanceof WorldError ? thrown : {};
  if (obstacle === 'slow') return 'Raise TAGGER_TIMEOUT, or set a quicker model as TAGGER_MODEL.';
  if (status === 401 || status === 403) return 'Check TAGGER_API_KEY.';
  if (status === 404) return 'Check TAGGER_API_URL, which ends before /chat/completions, and TAGGER_MODEL.';
  if (status === 429) return 'Check the limits and the credit of your account with the service.';
  if (obstacle !== undefined || (status !== undefined && status >= 500))
    return 'Check TAGGER_API_URL and that its service runs.';
  return 'Set a TAGGER_MODEL that keeps to a JSON schema (response_format json_schema).';
}

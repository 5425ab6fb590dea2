/** A list of feeds that a person sends the bot as a file, since commands take none on Slack (docs.slack.dev/reference/objects/file-object). */
import { z } from 'zod';
import { messageOf, UserError, WorldError } from '../../src/errors.ts';
import { SECOND } from '../../src/time.ts';

const FILES = 'https://files.slack.com';
const LIST_NAME = /\.(opml|xml|json)$/i;
const MOST_BYTES = 1_000_000;
const TIME_LIMIT = 15 * SECOND;

/** A file as a message names it; of one from another workspace Slack may tell the id alone. */
export const sharedFileSchema = z.object({
  name: z.string().nullish(),
  size: z.number().optional(),
  url_private_download: z.string().optional(),
});
type SharedFile = z.infer<typeof sharedFileSchema>;

export interface FileAccess {
  readonly token: string;
  /** Another base address of the Web API, whose host then holds the files too. */
  readonly apiUrl?: string | undefined;
}

/** The text of a file that a person sent. Throws UserError for one that is no list, WorldError when Slack does not hand it out. */
export async function readSharedFile(files: readonly SharedFile[], access: FileAccess): Promise<string> {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UserError('Send me one file at a time.');
  const name = file.name ?? 'The file';
  if (!LIST_NAME.test(name))
    throw new UserError(
      'The only files I take are lists of feeds, OPML or JSON, with a name that ends in .opml, .xml or .json.',
    );
  const tooLarge = new UserError(`“${name}” is larger than 1 MB, which no list of feeds is.`);
  if ((file.size ?? 0) > MOST_BYTES) throw tooLarge;
  const address = file.url_private_download;
  if (address === undefined || !isSlacks(address, access.apiUrl))
    throw new UserError(`“${name}” does not lie with Slack in this workspace, so I do not read it.`);
  const bytes = await download(address, access.token);
  if (bytes === undefined) throw tooLarge;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`“${name}” is not in UTF-8. Save it so and send it again.`);
  }
}

/** The token goes to nobody else. */
function isSlacks(address: string, apiUrl: string | undefined): boolean {
  const origin = URL.parse(address)?.origin;
  return origin === FILES || (apiUrl !== undefined && origin === URL.parse(apiUrl)?.origin);
}

/** The bytes of a file; undefined where there are too many. */
async function download(address: string, token: string): Promise<Uint8Array | undefined> {
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIME_LIMIT),
    });
    // Without the scope Slack shows the page for people to log in.
    const isLogin = response.status >= 300 && response.status < 400;
    if (isLogin || response.headers.get('content-type')?.startsWith('text/html')) {
      await response.body?.cancel();
      throw new WorldError('Slack does not hand out the file. The app needs the scope files:read: docs/slack.md.');
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new WorldError(`Slack does not hand out the file: it answered ${response.status}.`);
    }
    return await firstBytes(response);
  } catch (thrown) {
    if (thrown instanceof WorldError) throw thrown;
    throw new WorldError(`Slack did not hand out the file: ${messageOf(thrown)}`, { cause: thrown });
  }
}

async function firstBytes({ body }: Response): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.byteLength;
    if (length > MOST_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

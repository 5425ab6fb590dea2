/** Files that people attach to a command: they lie on Discord's own servers, and the bot is given their address. */
import type { Attachment, CommandInteractionOption } from 'discord.js';
import { UserError } from '../../src/errors.ts';

/** Where Discord keeps what people attach (docs reference#cdn-endpoints). */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net'];
const MOST_BYTES = 1_000_000;

/** Throws UserError for an attached file that is too large, or that lies elsewhere; `apiUrl` is another Discord's address. */
export function checkFiles(options: readonly CommandInteractionOption[], apiUrl: string | undefined): void {
  for (const { attachment } of options) if (attachment) checkFile(attachment, apiUrl);
}

function checkFile({ name, size, url }: Attachment, apiUrl: string | undefined): void {
  if (size > MOST_BYTES) throw new UserError(`“${name}” is larger than 1 MB, which no list of feeds is.`);
  if (!isDiscords(url, apiUrl)) throw new UserError(`“${name}” does not lie with Discord, so I do not read it.`);
}

function isDiscords(url: string, apiUrl: string | undefined): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  if (apiUrl !== undefined && address.host === URL.parse(apiUrl)?.host) return true;
  return address.protocol === 'https:' && HOSTS.includes(address.host);
}

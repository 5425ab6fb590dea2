/** What a button does, as text that a platform hands back when it is pressed: nothing about it is kept in memory. */

/** Runs a command line, runs it and shows the answer to the channel, or opens the form of the line's command. */
export interface Press {
  readonly action: 'run' | 'share' | 'form';
  readonly line: string;
}

/** `share /barrier show pacing-gap`. */
export function writePress({ action, line }: Press): string {
  return `${action} ${line}`;
}

/** Reads what `writePress` wrote; undefined for any other text, such as a button of another version. */
export function readPress(text: string): Press | undefined {
  const found = /^(run|share|form) ([\s\S]+)$/.exec(text);
  const [, action, line] = found ?? [];
  if (line === undefined || (action !== 'run' && action !== 'share' && action !== 'form')) return undefined;
  return { action, line };
}

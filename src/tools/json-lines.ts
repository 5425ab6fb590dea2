/** Files of one JSON value a line, as people write them: a byte-order mark and empty lines are passed over. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf, UserError } from '../errors.ts';

/** Reads a file of values of one shape; throws UserError that names the file, and the line of a fault. */
export function readJsonLines<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema>[] {
  return textOf(path)
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, schema, `${path}, line ${at + 1}`)]));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    throw new UserError(`${path} cannot be read: ${missing ? 'there is no such file' : messageOf(thrown)}`);
  }
}

function readLine<Schema extends z.ZodType>(line: string, schema: Schema, place: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (thrown) {
    if (thrown instanceof z.ZodError) throw new UserError(`${place}: ${z.prettifyError(thrown)}`);
    if (thrown instanceof SyntaxError) throw new UserError(`${place}: ${thrown.message}`);
    throw thrown;
  }
}

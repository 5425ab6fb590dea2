import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../src/log.ts';

const FROM = { from: 'bolt' };

/** Bolt's log as ours: what it tells at every connection is for finding faults, and secrets are struck out as everywhere. */
export function boltLogger(log: Log): Logger {
  const text = (parts: readonly unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: (...parts) => log.debug(FROM, text(parts)),
    info: (...parts) => log.debug(FROM, text(parts)),
    warn: (...parts) => log.info(FROM, text(parts)),
    error: (...parts) => log.warn(FROM, text(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.DEBUG,
    setName: () => {},
  };
}

/** For a client whose caller tells every failure itself. */
export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

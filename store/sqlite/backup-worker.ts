/** The thread behind daily-backup.ts: makes one backup and answers with what failed, in words, or with nothing. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../src/errors.ts';
import { backUp } from './backup.ts';
import type { BackupJob } from './daily-backup.ts';

const { file, target }: BackupJob = workerData;
try {
  await backUp(file, target);
  parentPort?.postMessage(undefined);
} catch (thrown) {
  parentPort?.postMessage(messageOf(thrown));
}

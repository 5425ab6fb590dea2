/** Every command of the bot. A new one is a file beside this and a line here: see docs/adding-a-command.md. */
import type { Command } from '../command.ts';
import { barrierCorrections } from './barrier-corrections.ts';
import { barrierDates } from './barrier-dates.ts';
import { barrierConfirm, barrierRefuse, barrierUndo } from './barrier-decide.ts';
import { barrierExport } from './barrier-export.ts';
import { barrierHelp } from './barrier-help.ts';
import { barrierMerge, barrierSplit, barrierUnmerge, barrierUnsplit } from './barrier-merge.ts';
import { barrierOverview } from './barrier-overview.ts';
import { barrierRetag } from './barrier-retag.ts';
import { barrierSearch } from './barrier-search.ts';
import { barrierShow } from './barrier-show.ts';
import { barrierWhy } from './barrier-why.ts';
import { barrierWrong } from './barrier-wrong.ts';
import { digestLast } from './digest-last.ts';
import { digestNow } from './digest-now.ts';
import { digestPause, digestResume } from './digest-pause.ts';
import { digestPreview } from './digest-preview.ts';
import { digestSchedule } from './digest-schedule.ts';
import { digestStatus } from './digest-status.ts';
import { feedsAdd } from './feeds-add.ts';
import { feedsFilter } from './feeds-filter.ts';
import { feedsHealth } from './feeds-health.ts';
import { feedsHistory } from './feeds-history.ts';
import { feedsExport, feedsImport } from './feeds-import.ts';
import { feedsList } from './feeds-list.ts';
import { feedsMove } from './feeds-move.ts';
import { feedsNotices } from './feeds-notices.ts';
import { feedsDismiss, feedsRelease } from './feeds-release.ts';
import { feedsPause, feedsRemove, feedsResume } from './feeds-remove.ts';
import { feedsTest } from './feeds-test.ts';
import { feedsStream, feedsTitle } from './feeds-title.ts';
import { feedsUndo } from './feeds-undo.ts';

/** In the order that help shows them. */
export const COMMANDS: readonly Command[] = [
  barrierOverview,
  barrierShow,
  barrierSearch,
  barrierWhy,
  barrierWrong,
  barrierCorrections,
  barrierConfirm,
  barrierRefuse,
  barrierUndo,
  barrierExport,
  barrierRetag,
  barrierSplit,
  barrierUnsplit,
  barrierMerge,
  barrierUnmerge,
  barrierDates,
  barrierHelp(() => COMMANDS),
  digestNow,
  digestPreview,
  digestLast,
  digestStatus,
  digestSchedule,
  digestPause,
  digestResume,
  feedsList,
  feedsHealth,
  feedsHistory,
  feedsAdd,
  feedsRemove,
  feedsPause,
  feedsResume,
  feedsTitle,
  feedsStream,
  feedsFilter,
  feedsMove,
  feedsRelease,
  feedsDismiss,
  feedsNotices,
  feedsUndo,
  feedsTest,
  feedsImport,
  feedsExport,
];

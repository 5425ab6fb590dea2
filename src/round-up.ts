/** Items that tell of many things at once: they are of no one event, however many words they share with one. */

const SIGNS =
  /\bweek(?:ly)? in\b|\b(?:weekly|monthly)\b|\bround-?ups?\b|\bnewsletter\b|\bthis (?:week|month)(?:['’]s)?\b|\b(?:\w+ )?(?:other )?(?:things|stories) to (?:read|know|watch)\b|\bissue #?\d+|\s#\d+\b|\bimport ai \d+|;[^;]+;/i;

/** True for titles such as “Week in AI (Jun 14–21)” or “Import AI 463: robots; a cluster; and an essay”. */
export function isRoundUp(title: string): boolean {
  return SIGNS.test(title);
}

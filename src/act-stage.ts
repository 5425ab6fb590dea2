/** At what stage of an act a headline stands: one law is proposed, passed, signed, delayed and sued over, and each is an event. */

const STAGES = {
  ahead:
    /\bto (?:host|hold|vote|sign|launch|meet|adopt|publish|decide|debate|discuss)\b|\bupcoming\b|\bset to\b|\bgets? ready\b|\bprepar(?:es|ing)\b|\bahead of\b/i,
  after: /\bcontinu\w*|\banniversary\b|\b(?:weeks?|months?|years?) (?:later|after|on)\b|\blooking back\b|\blessons\b/i,
  proposed: /\bpropos\w*|\bdraft\w*|\bconsult\w*/i,
  adopted: /\badopt\w*|\bapprov\w*|\bpass(?:es|ed)?\b|\bendors\w*|\bgreen ?light\w*/i,
  signed: /\bsign(?:s|ed|ing)?\b/i,
  vetoed: /\bveto\w*/i,
  applied: /\bin(?:to)? force\b|\bappl(?:y|ies|ication)\b|\beffective\b|\btakes? effect\b/i,
  delayed: /\bdelay\w*|\bpostpon\w*|\bpush(?:es|ed)? back\b/i,
  blocked: /\bblock\w*|\binjunction\b|\bhalt\w*|\bpaus\w*|\bsuspend\w*/i,
  refused: /\brefus\w*|\bdeclin\w*|\breject\w*|\bwon['’]t\b/i,
  sued: /\bsu(?:es|ed|ing)\b|\blawsuit\w*/i,
} as const;
export type Stage = keyof typeof STAGES;

/** The stages a headline names; empty where it names none. */
export function stagesOf(title: string): ReadonlySet<Stage> {
  const found = new Set<Stage>();
  for (const [stage, pattern] of Object.entries(STAGES) as [Stage, RegExp][]) if (pattern.test(title)) found.add(stage);
  return found;
}

/** How far two headlines may be of one event by their stages alone: 1 where nothing speaks against it. */
export function stageAgreement(one: ReadonlySet<Stage>, other: ReadonlySet<Stage>): number {
  // What is to come, or goes on, is another day than the act itself.
  if (one.has('ahead') !== other.has('ahead') || one.has('after') !== other.has('after')) return 0.6;
  const isSilent = one.size === 0 || other.size === 0;
  return isSilent || [...one].some((stage) => other.has(stage)) ? 1 : 0.8;
}

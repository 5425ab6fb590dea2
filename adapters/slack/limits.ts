/**
 * What Slack takes, in characters of the text as it is sent (docs.slack.dev/reference/block-kit and /reference/methods).
 * Slack refuses a message that breaks one of them as a whole.
 */
export const LIMITS = {
  blocksOfMessage: 50,
  blocksOfView: 100,
  header: 150,
  plainText: 3_000,
  contextText: 2_000,
  actions: 25,
  buttonText: 75,
  buttonValue: 2_000,
  selectOptions: 100,
  optionText: 75,
  optionValue: 150,
  placeholder: 150,
  link: 3_000,
  viewTitle: 24,
  inputLabel: 2_000,
  inputValue: 3_000,
  privateMetadata: 3_000,
  commands: 50,
  commandName: 32,
  commandDescription: 2_000,
  commandHint: 1_000,
  /** A response address can be used so often, for half an hour. */
  responses: 5,
} as const;

/**
 * What we put into one message. All blocks together have a limit that no page names, seen near 13,200 characters and counted
 * over more than the visible text (github.com/slackapi/bolt-js/issues/2509 and 2867), so ours counts the JSON of the blocks.
 */
export const BUDGET = { blocks: 45, characters: 11_000, fallback: 3_000 } as const;

/** Discord's limits (docs resources/message, components/reference, interactions/application-commands), in characters unless said otherwise. */
export const LIMITS = {
  content: 2000,
  embeds: 10,
  /** Over titles, descriptions, fields, footers and authors of all embeds of a message. */
  embedText: 6000,
  embedTitle: 256,
  embedDescription: 4096,
  address: 2048,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  menuOptions: 25,
  menuLabel: 100,
  menuPlaceholder: 150,
  files: 10,
  fileBytes: 10 * 1024 * 1024,
  nonce: 25,
  threadName: 100,
  modalTitle: 45,
  modalFields: 5,
  fieldLabel: 45,
  fieldHint: 100,
  fieldValue: 4000,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  choices: 25,
  choice: 100,
  /** Over all names, descriptions and values of one command. */
  command: 8000,
} as const;

/** Messages of one private answer; what does not fit is counted in the last of them. */
export const PRIVATE_MESSAGES = 5;

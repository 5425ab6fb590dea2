/** What Discord refuses of a message (docs resources/message, components/reference). */
import { createForm, type Form } from './form.ts';
import { type Component, controls, type Embed, type MessageBody } from './message-body.ts';
import { refuse } from './refusal.ts';

type Path = readonly (string | number)[];

const ROW = 1;
const BUTTON = 2;
const STRING_SELECT = 3;
const LINK_STYLE = 5;
const EPHEMERAL = 64;
const SUPPRESS_EMBEDS = 4;
const TEN_MEBIBYTES = 10 * 1024 * 1024;

interface Upload {
  readonly name: string;
  readonly bytes: number;
}

/** Throws a Refusal for a message that Discord would not take. */
export function checkMessage(
  body: MessageBody,
  uploads: readonly Upload[],
  { isEdit = false, isInteraction = false } = {},
): void {
  const form = createForm();
  form.length(['content'], body.content ?? undefined, 2000);
  checkEmbeds(form, body.embeds ?? []);
  checkRows(form, body.components ?? []);
  checkUploads(form, uploads, body);
  const flags = body.flags ?? 0;
  const allowed = isInteraction ? EPHEMERAL | SUPPRESS_EMBEDS : SUPPRESS_EMBEDS | 4096;
  if (flags & ~allowed) form.fault(['flags'], 'MESSAGE_FLAGS_INVALID', `Flags ${flags} cannot be set here.`);
  const nonce = body.nonce ?? undefined;
  if (nonce !== undefined) form.length(['nonce'], String(nonce), 25);
  const { parse = [], users, roles } = body.allowed_mentions ?? {};
  if ((parse.includes('users') && users?.length) || (parse.includes('roles') && roles?.length))
    form.fault(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', 'Mutually exclusive.');
  form.check();
  const isBlank = !body.content?.trim() && !body.embeds?.length && !body.components?.length && uploads.length === 0;
  if (isBlank && !isEdit) throw refuse('emptyMessage');
}

function checkEmbeds(form: Form, embeds: readonly Embed[]): void {
  form.count(['embeds'], embeds.length, 10);
  let total = 0;
  embeds.forEach((embed, index) => {
    total += checkEmbed(form, embed, ['embeds', index]);
  });
  if (total > 6000) form.fault(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
}

/** Returns the characters that count toward the sum of all embeds. */
function checkEmbed(form: Form, embed: Embed, path: Path): number {
  const title = embed.title?.trim();
  const description = embed.description?.trim();
  const fields = embed.fields ?? [];
  form.length([...path, 'title'], title, 256);
  form.length([...path, 'description'], description, 4096);
  form.length([...path, 'footer', 'text'], embed.footer?.text.trim(), 2048);
  form.length([...path, 'author', 'name'], embed.author?.name.trim(), 256);
  form.count([...path, 'fields'], fields.length, 25);
  fields.forEach(({ name, value }, index) => {
    form.length([...path, 'fields', index, 'name'], name.trim(), 256, 1);
    form.length([...path, 'fields', index, 'value'], value.trim(), 1024, 1);
  });
  checkAddress(form, [...path, 'url'], embed.url ?? undefined, 2048);
  if (embed.color != null && (embed.color < 0 || embed.color > 0xffffff))
    form.fault([...path, 'color'], 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.');
  if (!title && !description && fields.length === 0 && !embed.footer && !embed.author && !embed.image)
    form.fault([...path, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  const texts = [title, description, embed.footer?.text, embed.author?.name];
  return [...texts, ...fields.flatMap(({ name, value }) => [name, value])]
    .map((text) => [...(text ?? '')].length)
    .reduce((sum, length) => sum + length, 0);
}

function checkAddress(form: Form, path: Path, address: string | undefined, most: number): void {
  if (address === undefined) return;
  form.length(path, address, most);
  if (!URL.canParse(address) || !/^(https?|discord):$/.test(new URL(address).protocol))
    form.fault(path, 'URL_TYPE_INVALID_SCHEME', `Scheme must be one of ('http', 'https', 'discord').`);
}

function checkRows(form: Form, rows: readonly Component[]): void {
  form.count(['components'], rows.length, 5);
  rows.forEach((row, index) => {
    const path = ['components', index];
    if (row.type !== ROW) {
      form.fault([...path, 'type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (1,).`);
      return;
    }
    const held = row.components ?? [];
    form.count([...path, 'components'], held.length, 5, 1);
    if (held.some(({ type }) => type !== BUTTON) && held.length > 1)
      form.fault(
        [...path, 'components'],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      );
    held.forEach((control, at) => {
      checkControl(form, control, [...path, 'components', at]);
    });
  });
  const ids = controls(rows).flatMap(({ custom_id }) => custom_id ?? []);
  if (new Set(ids).size !== ids.length)
    form.fault(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
}

function checkControl(form: Form, control: Component, path: Path): void {
  if (control.type === BUTTON) {
    form.length([...path, 'label'], control.label ?? '', 80, 1);
    if (control.style === LINK_STYLE) checkAddress(form, [...path, 'url'], control.url ?? '', 512);
    else form.length([...path, 'custom_id'], control.custom_id ?? '', 100, 1);
  } else if (control.type === STRING_SELECT) {
    form.length([...path, 'custom_id'], control.custom_id ?? '', 100, 1);
    checkSelect(form, control, path);
  } else form.fault([...path, 'type'], 'UNION_TYPE_CHOICES', 'Value of field "type" is not a button or menu of text.');
}

/** A menu, in a message as in a modal. */
export function checkSelect(form: Form, select: Component, path: Path): void {
  const options = select.options ?? [];
  form.length([...path, 'placeholder'], select.placeholder ?? undefined, 150);
  form.count([...path, 'options'], options.length, 25, 1);
  options.forEach(({ label, value, description }, index) => {
    form.length([...path, 'options', index, 'label'], label.trim(), 100, 1);
    form.length([...path, 'options', index, 'value'], value.trim(), 100, 1);
    form.length([...path, 'options', index, 'description'], description ?? undefined, 100);
  });
  if (new Set(options.map(({ value }) => value)).size !== options.length)
    form.fault(
      [...path, 'options'],
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      'The specified option value is already used',
    );
  const most = select.max_values ?? 1;
  const chosen = options.filter((each) => each.default).length;
  if (most > Math.max(1, options.length) || (select.min_values ?? 1) > most || chosen > most)
    form.fault([...path, 'max_values'], 'SELECT_COMPONENT_MAX_VALUES', 'More values than there are options.');
}

function checkUploads(form: Form, uploads: readonly Upload[], body: MessageBody): void {
  form.count(['attachments'], uploads.length, 10);
  uploads.forEach(({ bytes }, index) => {
    if (bytes > TEN_MEBIBYTES)
      form.fault(['files', index], 'FILE_SIZE_MAXIMUM', 'The file exceeds the maximum size of 10485760 bytes');
  });
  body.attachments?.forEach(({ description }, index) => {
    form.length(['attachments', index, 'description'], description ?? undefined, 1024);
  });
}

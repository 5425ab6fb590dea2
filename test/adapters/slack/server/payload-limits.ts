/** Refuses blocks and views that Slack refuses [docs.slack.dev/reference/block-kit/blocks]. Written apart from the product. */
import { Refusal, refuseForm } from './refusal.ts';
import { checkRichText } from './rich-text-limits.ts';
import type { Json } from './state.ts';

type Code = 'invalid_blocks' | 'invalid_arguments';

const KNOWN = new Set(['section', 'header', 'context', 'actions', 'divider', 'input', 'rich_text']);
const MESSAGE_CHARACTERS = 13_200;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Checks one text object; `kinds` are the types it may have. */
function checkText(code: Code, value: unknown, longest: number, where: string, kinds = ['plain_text']): void {
  if (!isObject(value) || typeof value.text !== 'string') refuseForm(code, `${where} must be a text object`);
  if (!kinds.includes(String(value.type))) refuseForm(code, `${where} must be one of ${kinds.join()}`);
  if (value.text.length === 0) refuseForm(code, `${where} must be more than 0 characters`);
  if (value.text.length > longest) refuseForm(code, `${where} must be less than ${longest + 1} characters`);
  if (value.type === 'mrkdwn' && 'emoji' in value) refuseForm(code, `${where}: no emoji flag on mrkdwn`);
}

function checkId(code: Code, value: unknown, where: string, seen: Set<string>): void {
  if (value === undefined) return;
  if (typeof value !== 'string' || value.length > 255) refuseForm(code, `${where} must be at most 255 characters`);
  if (seen.has(value)) refuseForm(code, `${where} ${value} already exists`);
  seen.add(value);
}

function checkOptions(code: Code, element: Json, where: string): void {
  const options = listOf(element.options);
  if (options.length === 0 || options.length > 100) refuseForm(code, `${where} must have 1 to 100 options`);
  for (const option of options) {
    if (!isObject(option)) refuseForm(code, `${where} has an odd option`);
    checkText(code, option.text, 75, `${where} option`);
    if (typeof option.value !== 'string' || option.value.length > 150) refuseForm(code, `${where} option value`);
  }
  const known = new Set(options.map((option) => JSON.stringify(option)));
  const initial = element.initial_option ? [element.initial_option] : listOf(element.initial_options);
  if (element.initial_options !== undefined && initial.length === 0)
    refuseForm(code, `${where} initial_options is empty`);
  if (initial.some((option) => !known.has(JSON.stringify(option))))
    refuseForm(code, `${where} initial option not found`);
}

function checkElement(code: Code, value: unknown, where: string, ids: Set<string>): void {
  if (!isObject(value)) refuseForm(code, `${where} must be an element`);
  checkId(code, value.action_id, `${where} action_id`, ids);
  switch (value.type) {
    case 'button':
      checkText(code, value.text, 75, `${where} text`);
      if (value.value !== undefined && String(value.value).length > 2000) refuseForm(code, `${where} value`);
      if (value.url !== undefined && String(value.url).length > 3000) refuseForm(code, `${where} url`);
      return;
    case 'static_select':
    case 'multi_static_select':
      if (value.placeholder !== undefined) checkText(code, value.placeholder, 150, `${where} placeholder`);
      checkOptions(code, value, where);
      return;
    case 'plain_text_input':
      if (value.initial_value !== undefined && String(value.initial_value).length > 3000) {
        refuseForm(code, `${where} initial_value`);
      }
      return;
    default:
      refuseForm(code, `${where} has unknown type ${String(value.type)}`);
  }
}

function checkBlock(code: Code, block: Json, where: string, surface: 'message' | 'view'): void {
  switch (block.type) {
    case 'header':
      checkText(code, block.text, 150, `${where} text`);
      return;
    case 'section':
      checkSection(code, block, where);
      return;
    case 'context':
      for (const element of elementsOf(code, block, 10, where))
        checkText(code, element, 2000, `${where} element`, ['mrkdwn', 'plain_text']);
      return;
    case 'actions': {
      const ids = new Set<string>();
      for (const element of elementsOf(code, block, 25, where)) checkElement(code, element, `${where} element`, ids);
      return;
    }
    case 'input':
      if (surface === 'message') refuseForm(code, `${where}: no input here`);
      checkText(code, block.label, 2000, `${where} label`);
      if (block.hint !== undefined) checkText(code, block.hint, 2000, `${where} hint`);
      checkElement(code, block.element, `${where} element`, new Set());
      return;
    case 'rich_text':
      checkRichText(code, block, where);
      return;
    default:
      return;
  }
}

function elementsOf(code: Code, { elements }: Json, most: number, where: string): readonly unknown[] {
  const found = listOf(elements);
  if (found.length === 0 || found.length > most) refuseForm(code, `${where} must have 1 to ${most} elements`);
  return found;
}

function checkSection(code: Code, { text, fields, accessory }: Json, where: string): void {
  const kinds = ['mrkdwn', 'plain_text'];
  if (text === undefined && fields === undefined) refuseForm(code, `${where} needs text or fields`);
  if (text !== undefined) checkText(code, text, 3000, `${where} text`, kinds);
  if (listOf(fields).length > 10) refuseForm(code, `${where} has more than 10 fields`);
  for (const field of listOf(fields)) checkText(code, field, 2000, `${where} field`, kinds);
  if (accessory !== undefined) checkElement(code, accessory, `${where} accessory`, new Set());
}

function checkBlocks(code: Code, blocks: unknown, most: number, surface: 'message' | 'view'): readonly Json[] {
  if (!Array.isArray(blocks)) refuseForm(code, 'must be an array [json-pointer:/blocks]');
  if (blocks.length > most) refuseForm(code, `no more than ${most} items allowed [json-pointer:/blocks]`);
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const where = `[json-pointer:/blocks/${index}]`;
    if (!isObject(block) || !KNOWN.has(String(block.type))) refuseForm(code, `unsupported type ${where}`);
    checkId(code, block.block_id, `${where} block_id`, ids);
    checkBlock(code, block, where, surface);
  }
  return blocks;
}

/** Slack counts more than the visible text, and no page says what: the JSON of the blocks is the most it can be. */
function countCharacters(blocks: readonly Json[]): number {
  return blocks.reduce((sum, block) => sum + JSON.stringify(block).length, 0);
}

/** The checked blocks and text of a message. */
export function checkMessage(args: Json): { readonly text: string; readonly blocks: readonly Json[] } {
  const text = typeof args.text === 'string' ? args.text : '';
  const blocks = args.blocks === undefined ? [] : checkBlocks('invalid_blocks', args.blocks, 50, 'message');
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  // JSON writes half a character as an escape, which Slack calls invalid.
  if (/\\ud[89a-f]/i.test(JSON.stringify(blocks))) refuseForm('invalid_blocks', 'half a character');
  if (text.length > 40_000) throw new Refusal('msg_too_long');
  if (countCharacters(blocks) > MESSAGE_CHARACTERS) throw new Refusal('msg_blocks_too_long');
  return { text, blocks };
}

/** A checked modal or home view. */
export function checkView(view: unknown, type: 'modal' | 'home'): Json {
  const code = 'invalid_arguments';
  if (!isObject(view) || view.type !== type) refuseForm(code, `view must be a ${type}`);
  if (JSON.stringify(view).length > 250_000) throw new Refusal('view_too_large');
  const blocks = checkBlocks(code, view.blocks, 100, 'view');
  if (String(view.private_metadata ?? '').length > 3000) refuseForm(code, 'private_metadata is too long');
  if (String(view.callback_id ?? '').length > 255) refuseForm(code, 'callback_id is too long');
  if (type === 'home') return view;
  checkText(code, view.title, 24, 'title');
  if (view.submit !== undefined) checkText(code, view.submit, 24, 'submit');
  if (view.close !== undefined) checkText(code, view.close, 24, 'close');
  if (view.submit === undefined && blocks.some((block) => block.type === 'input'))
    refuseForm(code, 'submit is required');
  return view;
}

/** Refuses rich text that Slack refuses [docs.slack.dev/reference/block-kit/blocks/rich-text-block]. Written apart from the product. */
import { refuseForm } from './refusal.ts';
import type { Json } from './state.ts';

type Code = 'invalid_blocks' | 'invalid_arguments';

const PARTS = new Set(['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']);
const ELEMENTS = new Set(['text', 'link']);

function recordsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function checkRichText(code: Code, block: Json, where: string): void {
  const parts = recordsIn(block.elements);
  if (parts.length === 0) refuseForm(code, `${where} must have elements`);
  for (const part of parts) {
    if (!PARTS.has(String(part.type))) refuseForm(code, `${where} has an unknown part ${String(part.type)}`);
    const elements = recordsIn(part.elements);
    if (elements.length === 0) refuseForm(code, `${where} has a part without elements`);
    for (const element of elements) checkElement(code, element, where);
  }
}

function checkElement(code: Code, { type, text, url }: Json, where: string): void {
  if (!ELEMENTS.has(String(type)))
    refuseForm(code, `${where} has an element ${String(type)}, which is not expected of us`);
  if (typeof text !== 'string' || text === '') refuseForm(code, `${where} has an element without text`);
  if (type === 'link' && (typeof url !== 'string' || !/^https?:\/\//.test(url) || url.length > 3000)) {
    refuseForm(code, `${where} has an odd link`);
  }
}

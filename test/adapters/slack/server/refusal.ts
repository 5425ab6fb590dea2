import type { Json } from './state.ts';

/** Slack's way to say no: `{ ok: false, error }`, at times with more. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** Refuses blocks or a view, and names where they are wrong as Slack does. */
export function refuseForm(code: 'invalid_blocks' | 'invalid_arguments', fault: string): never {
  throw new Refusal(code, { response_metadata: { messages: [`[ERROR] ${fault}`] } });
}

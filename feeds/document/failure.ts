import { WorldError } from '../../src/errors.ts';

/** What can be wrong with a document as a whole. */
export type DocumentFault = 'empty' | 'html' | 'json' | 'text' | 'xml' | 'too-big' | 'too-deep' | 'ended' | 'too-slow';

/** A document that cannot be read: its kind for programs, its message for people. */
export class DocumentError extends WorldError {
  readonly fault: DocumentFault;

  constructor(fault: DocumentFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.fault = fault;
  }
}

import { Parser } from 'htmlparser2';
import { DocumentError } from '../document/failure.ts';
import type { EngineOptions, FeedEngine, FeedTree } from './engine.ts';
import { TreeBuilder } from './tree-builder.ts';

/** So much is read before we look whether enough entries are there. */
const CHUNK = 262_144;

/** Our own reader over the events of htmlparser2, which forgives what XML does not allow. */
export const eventEngine: FeedEngine = {
  name: 'htmlparser2 events',
  async read(xml: string, options: EngineOptions): Promise<FeedTree> {
    const builder = new TreeBuilder(options);
    // References are decoded by the builder, and only where a text is kept.
    const parser = new Parser(builder, {
      xmlMode: true,
      lowerCaseTags: true,
      lowerCaseAttributeNames: true,
      decodeEntities: false,
    });
    for (let at = 0; at < xml.length && !builder.isComplete; at += CHUNK) parser.write(xml.slice(at, at + CHUNK));
    builder.noteEnd();
    parser.end();
    const tree = builder.tree();
    if (tree === undefined) throw new DocumentError('xml', 'answered with XML that has no root element');
    return tree;
  },
};

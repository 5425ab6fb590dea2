import type { Instant, LocalDate } from '../../src/model.ts';
import { readDate } from '../document/date.ts';
import type { FeedNode } from '../engines/engine.ts';

/** Elements with the date of publication, the best first. */
const PUBLISHED = [
  'published',
  'pubdate',
  'issued',
  'dcterms:issued',
  'dc:issued',
  'dcterms:created',
  'dc:created',
  'created',
];
/** Elements with the date of a change, the best first; `dc:date` and `date` do not say which date it is. */
const UPDATED = ['updated', 'modified', 'dc:date', 'dcterms:modified', 'dc:modified', 'date', 'lastbuilddate'];

export type ReadDate = Instant | LocalDate;

/** When an entry was published and last changed; undefined where it says nothing that is a date. */
export function readDates(node: FeedNode): { readonly published?: ReadDate; readonly updated?: ReadDate } {
  const published = firstDate(node, PUBLISHED);
  const updated = firstDate(node, UPDATED);
  return { ...(published === undefined ? {} : { published }), ...(updated === undefined ? {} : { updated }) };
}

function firstDate(node: FeedNode, names: readonly string[]): ReadDate | undefined {
  for (const name of names) {
    for (const element of node.elements) {
      const date = element.name === name ? readDate(element.text) : undefined;
      if (date !== undefined) return date;
    }
  }
  return undefined;
}

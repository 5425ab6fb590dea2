/** Gathers the faults of a body with their paths, as Discord lists them in code 50035. */
import { Refusal } from './refusal.ts';

interface Node {
  _errors?: { code: string; message: string }[];
  [key: string]: unknown;
}

export interface Form {
  fault(path: readonly (string | number)[], code: string, message: string): void;
  /** Counts code points, as Discord does. */
  length(path: readonly (string | number)[], text: string | undefined, most: number, least?: number): void;
  count(path: readonly (string | number)[], length: number, most: number, least?: number): void;
  /** Throws a Refusal when there was a fault. */
  check(): void;
}

export function createForm(): Form {
  const root: Node = {};
  let faults = 0;
  const fault: Form['fault'] = (path, code, message) => {
    faults += 1;
    let node = root;
    for (const step of path) {
      node[step] ??= {};
      node = node[step] as Node;
    }
    node._errors ??= [];
    node._errors.push({ code, message });
  };
  return {
    fault,
    length(path, text, most, least = 0) {
      if (text === undefined) return;
      const length = [...text].length;
      if (length > most) fault(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
      if (length < least) fault(path, 'BASE_TYPE_MIN_LENGTH', `Must be ${least} or more in length.`);
    },
    count(path, length, most, least = 0) {
      if (length > most || length < least)
        fault(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
    },
    check() {
      if (faults > 0) throw new Refusal(400, 50035, 'Invalid Form Body', root);
    },
  };
}

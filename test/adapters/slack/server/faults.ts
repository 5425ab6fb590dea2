/** What can go wrong between an app and Slack, made to happen. */

export type Fault =
  | { readonly kind: 'limited'; readonly seconds: number }
  | { readonly kind: 'status'; readonly status: number }
  /** The work is done, and the connection cut before the answer. */
  | { readonly kind: 'answer lost' }
  /** The connection is cut before any work. */
  | { readonly kind: 'cut' }
  /** The work is done, and the answer is only half there. */
  | { readonly kind: 'answer halved' }
  /** The work is done, and the answer is a 500. */
  | { readonly kind: 'done, then 500' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'refuse'; readonly code: string };

export interface Call {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Faults {
  /** The next calls of a method meet these faults, one each. */
  next(method: string, ...faults: Fault[]): void;
  /** Every call is asked first; undefined lets it pass. */
  when(decide: (call: Call) => Fault | undefined): void;
  /** From now on nothing answers. */
  breakAll(): void;
  clear(): void;
  take(call: Call): Fault | undefined;
}

export function createFaults(): Faults {
  const queues = new Map<string, Fault[]>();
  let deciders: ((call: Call) => Fault | undefined)[] = [];
  return {
    next(method, ...faults) {
      queues.set(method, [...(queues.get(method) ?? []), ...faults]);
    },
    when(decide) {
      deciders.push(decide);
    },
    breakAll() {
      deciders = [() => ({ kind: 'cut' })];
    },
    clear() {
      queues.clear();
      deciders = [];
    },
    take(call) {
      return queues.get(call.method)?.shift() ?? deciders.map((decide) => decide(call)).find((fault) => fault);
    },
  };
}

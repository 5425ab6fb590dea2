/** What goes wrong on purpose: each fault is used up by the requests it fits. */

/** What happens to a request. */
export type Fault =
  /** 429 without the work. */
  | { readonly kind: 'rate limit'; readonly retryAfter: number; readonly isGlobal?: boolean }
  /** A status without the work. */
  | { readonly kind: 'status'; readonly status: number; readonly code?: number; readonly message?: string }
  /** The work is done, and the answer is this status all the same. */
  | { readonly kind: 'status after work'; readonly status: number }
  /** The connection is cut before the work. */
  | { readonly kind: 'cut before work' }
  /** The connection is cut after the work: the answer is lost. */
  | { readonly kind: 'answer lost' }
  | { readonly kind: 'delay'; readonly milliseconds: number };

interface Planned {
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Fault;
  left: number;
}

export interface Faults {
  /** Plans a fault for the next `times` requests of a route such as `GET /users/*`; a star is one segment, two are any number. */
  plan(route: string, fault: Fault, times?: number): void;
  /** Takes the next planned fault of a request. */
  take(method: string, path: string): Fault | undefined;
  clear(): void;
  /** Faults that no request has met yet. */
  left(): number;
}

export function createFaults(): Faults {
  const planned: Planned[] = [];
  return {
    plan(route, fault, times = 1) {
      const [method = '', path = ''] = route.split(' ');
      const pattern = path
        .replace(/[.]/g, '\\.')
        .replaceAll('**', '.+')
        .replace(/(?<!\.)\*/g, '[^/]+');
      planned.push({ method, path: new RegExp(`^${pattern}$`), fault, left: times });
    },
    take(method, path) {
      const found = planned.find((each) => each.left > 0 && each.method === method && each.path.test(path));
      if (found) found.left -= 1;
      return found?.fault;
    },
    clear() {
      planned.length = 0;
    },
    left: () => planned.reduce((sum, { left }) => sum + (Number.isFinite(left) ? left : 0), 0),
  };
}

/** Finds the handler of a request by method and path. */
import type { RequestBody } from './request-body.ts';
import type { Bot, State } from './state.ts';

/** A request after its token was checked. */
export interface Call {
  readonly state: State;
  /** The base address, without a slash at its end. */
  readonly address: string;
  /** The bot whose token it carried; routes under an interaction's own token carry none. */
  readonly bot: Bot | undefined;
  /** Segments that a star of the route stands for. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: RequestBody;
  /** Sends a gateway event to a bot. */
  readonly dispatch: (bot: Bot, type: string, data: object) => void;
}

/** The JSON of the answer; undefined is 204. */
export type Handler = (call: Call) => object | undefined;

/** Handlers by `GET /channels/*`. */
export type Routes = Readonly<Record<string, Handler>>;

export function findHandler(
  routes: Routes,
  method: string,
  path: string,
): { readonly handler: Handler; readonly parts: readonly string[] } | undefined {
  for (const [route, handler] of Object.entries(routes)) {
    const [routeMethod, routePath = ''] = route.split(' ');
    if (routeMethod !== method) continue;
    const parts = segmentsFor(routePath.split('/'), path.split('/'));
    if (parts) return { handler, parts };
  }
  return undefined;
}

function segmentsFor(pattern: readonly string[], path: readonly string[]): string[] | undefined {
  if (pattern.length !== path.length) return undefined;
  if (!pattern.every((part, at) => part === '*' || part === path[at])) return undefined;
  return path.filter((_, at) => pattern[at] === '*').map(decodeURIComponent);
}

/** The bot of a call; only routes that check a token use it. */
export function botOf({ bot }: Call): Bot {
  if (bot === undefined) throw new Error('this route is called with a bot token only');
  return bot;
}

/** A model behind OpenAI's chat completions, on loopback: it answers as a test says and keeps what it was sent. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { BARRIER_IDS, type BarrierId, type Direction } from '../../src/model.ts';

const sentSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({ name: z.string(), strict: z.literal(true), schema: z.record(z.string(), z.unknown()) }),
  }),
});

interface Sent {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: z.infer<typeof sentSchema>;
  /** The message with the item. */
  readonly message: string;
}

/** What a model writes: absent barriers are null. */
export interface Written {
  readonly relevant?: boolean;
  readonly barriers?: Partial<Record<BarrierId, { readonly direction: Direction; readonly quotes: readonly string[] }>>;
  readonly primary?: BarrierId | null;
  readonly crisis?: boolean;
}

/** The JSON that keeps to the schema. */
export function written({ relevant = true, barriers = {}, primary = null, crisis = false }: Written = {}): string {
  const all = Object.fromEntries(BARRIER_IDS.map((id) => [id, barriers[id] ?? null]));
  return JSON.stringify({ relevant, barriers: all, primary, crisis });
}

/** A chat completion that brings this text. */
export function completion(content: string, more: Readonly<Record<string, unknown>> = {}): string {
  const message = { role: 'assistant', content };
  return JSON.stringify({
    id: 'c1',
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop', ...more }],
  });
}

export class ModelServer {
  readonly sent: Sent[] = [];
  /** Called for each request; what it does not answer stays open. */
  answer: (sent: Sent, response: ServerResponse) => void = (_, response) => response.end(completion(written()));
  readonly #server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const body = sentSchema.parse(JSON.parse(text));
      const sent = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        message: body.messages[1]?.content ?? '',
      };
      this.sent.push(sent);
      this.answer(sent, response);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Answers from now on with what keeps to the schema. */
  writes(what: Written | ((sent: Sent) => Written)): void {
    this.answer = (sent, response) => response.end(completion(written(typeof what === 'function' ? what(sent) : what)));
  }

  /** Answers from now on with a status. */
  fails(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.answer = (sent, response) =>
      response.writeHead(status, headers).end(`{"error":"key ${sent.headers.authorization}"}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Reads request bodies: JSON, or multipart with `payload_json` and files (docs reference#uploading-files). */
import type { IncomingMessage } from 'node:http';

interface UploadedFile {
  readonly name: string;
  readonly bytes: number;
  readonly content: string;
}

export interface RequestBody {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data'))
    return { json: bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined, files: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  for (const value of form.values()) {
    if (value instanceof File) files.push({ name: value.name, bytes: value.size, content: await value.text() });
  }
  const payload = form.get('payload_json');
  return { json: typeof payload === 'string' ? JSON.parse(payload) : {}, files };
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

/** A request as received. */
export interface Received {
  /** The id that a client can choose. */
  readonly id: string;
  /** The id that it cannot choose. */
  readonly extendedId: string;
  readonly time: Date;
  readonly method: string;
  /** The path with the stage, as it was sent. */
  readonly path: string;
  readonly query: string;
  /** In order, with the names as they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** By lower-case name. */
  readonly header: IncomingHttpHeaders;
  readonly address: string;
  readonly body: Buffer;
}

/** Why a body was refused, as the type of a gateway response. */
export type Refusal = 'REQUEST_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'DEFAULT_4XX';

const maxBodyBytes = 10 * 1024 * 1024;

const decoders: ReadonlyMap<string, (body: Buffer) => Promise<Buffer>> = new Map([
  ['gzip', (body: Buffer) => promisify(gunzip)(body, { maxOutputLength: maxBodyBytes })],
  ['deflate', (body: Buffer) => promisify(inflate)(body, { maxOutputLength: maxBodyBytes })],
]);

/** The part of a request before its body. */
export function readHead(request: IncomingMessage): Omit<Received, 'body'> {
  const [, path = '/', query = ''] = /^([^?]*)\??(.*)$/s.exec(request.url ?? '') ?? [];
  const { rawHeaders } = request;
  return {
    id: chosenId(request.headers['x-amzn-requestid']) ?? randomUUID(),
    extendedId: randomBytes(11).toString('base64'),
    time: new Date(),
    method: request.method ?? 'GET',
    path,
    query,
    headers: rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
    ),
    header: request.headers,
    address: request.socket.remoteAddress ?? '127.0.0.1',
  };
}

/** The request id that a client sent; API Gateway ignores one of another form. */
function chosenId(header: string | string[] | undefined): string | undefined {
  const text = String(header ?? '');
  return /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(text) ? text : undefined;
}

/** The body, decompressed. It is read to its end even if it is refused, so that the client gets the response. */
export async function readBody(request: IncomingMessage): Promise<Buffer | Refusal> {
  const body = await collect(request, maxBodyBytes);
  if (!body) return 'REQUEST_TOO_LARGE';
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '' || body.length === 0) return body;
  const decode = decoders.get(encoding);
  if (!decode) return 'UNSUPPORTED_MEDIA_TYPE';
  try {
    return await decode(body);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'REQUEST_TOO_LARGE' : 'DEFAULT_4XX';
  }
}

/** All bytes of a request; nothing if there are more than `limit`. */
export async function collect(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}

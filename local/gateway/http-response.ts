import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import { promisify } from 'node:util';
import { deflate, gzip } from 'node:zlib';
import type { GatewayResponse } from '../../deployment/gateway-responses';
import type { Received } from './received';

/** The response to the client. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  /** The body before it was compressed. */
  readonly plain?: Buffer;
}

/** Returns a gateway response. @throws Error if the list does not have its type */
export function fromGatewayResponse(
  responses: readonly GatewayResponse[],
  type: string,
  extendedRequestId: string,
): HttpResponse {
  const response = responses.find((candidate) => candidate.type === type);
  if (!response) throw new Error(`There is no gateway response of the type ${type}.`);
  return {
    status: response.status,
    headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value]])),
    body: Buffer.from(response.body.replaceAll('$context.extendedRequestId', extendedRequestId)),
  };
}

/** Headers that a REST API does not let a function set: they arrive under another name. */
const remapped: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'max-forwards',
  'pragma',
  'proxy-authenticate',
  'range',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
  'www-authenticate',
]);

/** The response of a function's result; nothing if it is not the result of a proxy integration. */
export function fromProxyResult(result: unknown): HttpResponse | undefined {
  if (!isObject(result)) return undefined;
  const { statusCode, headers, multiValueHeaders, body = '', isBase64Encoded = false } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== null && typeof body !== 'string') return undefined;
  const sent = readHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (!sent) return undefined;
  return { status, headers: sent, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** Merges both sets of headers; if a name is in both, the lists win. */
function readHeaders(single: unknown, multiple: unknown): ReadonlyMap<string, readonly string[]> | undefined {
  if (!isObject(single) || !isObject(multiple)) return undefined;
  const lists = [
    ...Object.entries(single).map(([name, value]) => [name, [value]] as const),
    ...Object.entries(multiple),
  ];
  const headers = new Map<string, readonly string[]>();
  for (const [name, values] of lists) {
    if (!Array.isArray(values) || values.some((value) => typeof value === 'object')) return undefined;
    const texts = values.map(String);
    if (!texts.every((text) => isHeader(name, text))) return undefined;
    headers.set(remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, texts);
  }
  const hasType = [...headers.keys()].some((name) => name.toLowerCase() === 'content-type');
  return hasType ? headers : headers.set('Content-Type', ['application/json']);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

/** Compresses a response of at least this size, if the client accepts it. */
export async function compress(answer: HttpResponse, { header }: Received, minimum: number): Promise<HttpResponse> {
  const isEncoded = [...answer.headers.keys()].some((name) => name.toLowerCase() === 'content-encoding');
  const accepted = acceptedEncodings(header['accept-encoding']);
  const encoding = (['gzip', 'deflate'] as const).find((name) => accepted.has(name));
  if (!encoding || isEncoded || answer.body.length < minimum) return answer;
  const headers = new Map([...answer.headers, ['Content-Encoding', [encoding]]]);
  return { ...answer, headers, body: await encoders[encoding](answer.body), plain: answer.body };
}

function acceptedEncodings(header: string | string[] | undefined): ReadonlySet<string> {
  const parts = String(header ?? '')
    .toLowerCase()
    .split(',');
  return new Set(
    parts.filter((part) => !/;\s*q=0(\.0*)?\s*$/.test(part)).map((part) => part.replace(/;.*/, '').trim()),
  );
}

/** Sends a response. */
export function send(
  response: ServerResponse,
  { id, extendedId }: Pick<Received, 'id' | 'extendedId'>,
  { status, headers, body }: HttpResponse,
): void {
  response.statusCode = status;
  for (const [name, values] of headers) response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  response.setHeader('x-amzn-RequestId', id);
  response.setHeader('x-amz-apigw-id', extendedId);
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  if (hasBody) response.setHeader('Content-Length', body.length);
  response.end(hasBody ? body : undefined);
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './aws-error';
import { collect } from './gateway/received';

/** Handles requests that name an operation of an AWS service. */
export interface Service {
  call(target: string, body: unknown): Promise<Reply>;
}

const maxBodyBytes = 16 * 1024 * 1024;
const mediaType = 'application/x-amz-json-1.0';

/**
 * Handles a request of an AWS client with this access key. A tunnel, a web page or another program on this machine
 * can reach the SCIM endpoint, but not the data below it.
 */
export async function answerAwsRequest(
  services: ReadonlyMap<string, Service>,
  accessKeyId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = hasKey(request, accessKeyId) ? await callOverHttp(services, request) : wrongKey;
  response.writeHead(status, { 'Content-Type': mediaType }).end(JSON.stringify(body));
}

const wrongKey = refuse(
  403,
  'UnrecognizedClientException',
  'The access key is not the one of this start of the endpoint. It is in connection.json in the data folder.',
);

/** Whether the client signs with this key. The key is random and the connection local, so its id is proof enough. */
function hasKey({ headers }: IncomingMessage, accessKeyId: string): boolean {
  const [, sent = ''] = /\bCredential=([^/,\s]+)/.exec(headers.authorization ?? '') ?? [];
  return timingSafeEqual(digest(sent), digest(accessKeyId));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

async function callOverHttp(services: ReadonlyMap<string, Service>, request: IncomingMessage): Promise<Reply> {
  const bytes = await collect(request, maxBodyBytes);
  if (!bytes) return refuse(413, 'RequestEntityTooLargeException', 'The request is larger than 16 MB.');
  return callService(services, String(request.headers['x-amz-target']), bytes.toString());
}

/** Calls the service that a target names. `text` is the body of the request. */
export async function callService(
  services: ReadonlyMap<string, Service>,
  target: string,
  text: string,
): Promise<Reply> {
  const service = services.get(target.slice(0, target.indexOf('.')));
  if (!service) return refuse(400, 'UnknownOperationException', `The local endpoint has no operation ${target}.`);
  const body = parse(text);
  if (body === undefined) return refuse(400, 'SerializationException', 'The body is not JSON.');
  return await service.call(target, body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return undefined;
  }
}

function refuse(status: number, type: string, message: string): Reply {
  return { status, body: { __type: type, message } };
}

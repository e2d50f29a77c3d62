import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './aws-error';
import { collect } from './gateway/received';

/** What answers requests that name an operation of an AWS service. */
export interface Service {
  call(target: string, body: unknown): Promise<Reply>;
}

const maxBodyBytes = 16 * 1024 * 1024;
const mediaType = 'application/x-amz-json-1.0';

/**
 * Answers a request of an AWS client. Only this machine gets an answer: a tunnel, or a web page that has its name
 * point here, reaches the SCIM endpoint but never the data below it.
 */
export async function answerAwsRequest(
  services: ReadonlyMap<string, Service>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, body } = isFromHere(request)
    ? await callService(services, request)
    : refuse(403, 'AccessDeniedException', 'AWS requests are answered on this machine only.');
  response.writeHead(status, { 'Content-Type': mediaType }).end(JSON.stringify(body));
}

async function callService(services: ReadonlyMap<string, Service>, request: IncomingMessage): Promise<Reply> {
  const target = String(request.headers['x-amz-target']);
  const bytes = await collect(request, maxBodyBytes);
  if (!bytes) return refuse(413, 'RequestEntityTooLargeException', 'The request is larger than 16 MB.');
  const service = services.get(target.slice(0, target.indexOf('.')));
  if (!service) return refuse(400, 'UnknownOperationException', `The local endpoint has no operation ${target}.`);
  const body = parse(bytes);
  if (body === undefined) return refuse(400, 'SerializationException', 'The body is not JSON.');
  return await service.call(target, body);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString() || '{}');
  } catch {
    return undefined;
  }
}

/** Whether a request comes from this machine, to the name that this machine alone has. */
export function isFromHere({ headers }: IncomingMessage): boolean {
  const name = headers.host?.replace(/:\d+$/, '') ?? '';
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host'].some((header) => header in headers);
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name) && !forwarded;
}

function refuse(status: number, type: string, message: string): Reply {
  return { status, body: { __type: type, message } };
}

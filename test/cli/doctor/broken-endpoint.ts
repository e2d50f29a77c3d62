import { buffer } from 'node:stream/consumers';
import type { Json, JsonObject } from '../../../lambda/scim/json';
import { serveHttp } from '../../http-server';

/** A request on its way to the endpoint. */
export interface Asked {
  readonly method: string;
  /** The part after the Base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
}

/** A response of the endpoint. `text` stands for a body that is not JSON. */
export interface Answered {
  readonly status: number;
  readonly body?: Json | undefined;
  readonly text?: string;
}

/** A fault of an endpoint: it changes requests, responds to them itself, or changes responses. */
export interface Fault {
  readonly ask?: (asked: Asked) => Asked | Answered;
  readonly answer?: (answered: Answered, asked: Asked) => Answered;
}

/** Whether a response is a list. */
export const isList = (body: Json | undefined): body is JsonObject & { readonly Resources: readonly JsonObject[] } =>
  typeof body === 'object' && body !== null && 'Resources' in body;

/** Changes every resource in a response: the single one, or those in the list. */
export function eachResource(body: Json | undefined, change: (resource: JsonObject) => JsonObject): Json | undefined {
  if (isList(body)) return { ...body, Resources: body.Resources.map(change) };
  return typeof body === 'object' && body !== null && 'id' in body ? change(body as JsonObject) : body;
}

/** An endpoint with a fault: a proxy in front of a correct one. */
export async function startBroken(rightBaseUrl: string, fault: Fault) {
  const server = await serveHttp(async (request, response) => {
    const text = (await buffer(request)).toString();
    const { host: _, connection: __, 'content-length': ___, 'accept-encoding': ____, ...headers } = request.headers;
    const asked: Asked = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: headers as Readonly<Record<string, string>>,
      body: text === '' ? undefined : (JSON.parse(text) as Json),
    };
    const sent = fault.ask?.(asked) ?? asked;
    const { status, body, text: plain } = 'status' in sent ? sent : await forward(rightBaseUrl, sent, asked, fault);
    response.writeHead(status, {
      'Content-Type': plain === undefined ? 'application/scim+json' : 'text/html',
      ...(status === 302 ? { Location: '/login' } : {}),
    });
    response.end(plain ?? (body === undefined ? '' : JSON.stringify(body)));
  });
  return { baseUrl: server.url, close: server.close };
}

async function forward(baseUrl: string, sent: Asked, asked: Asked, fault: Fault): Promise<Answered> {
  const { method, path, headers, body } = sent;
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${baseUrl}${path}`, init);
  const text = await response.text();
  const answered = { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as Json) };
  return fault.answer?.(answered, asked) ?? answered;
}

import { buffer } from 'node:stream/consumers';
import type { FunctionName } from '../../deployment/functions';
import { handIn } from '../../lambda/connection';
import { createMutex } from '../../local/engine/mutex';
import { names } from '../../local/environment';
import type { LambdaFunction } from '../../local/invoke';
import { serveHttp } from '../http-server';
import { type Access, accessesOf } from './accesses';
import type { Policy } from './policy';

/** A function whose calls of AWS are checked against its policy. */
export interface Guarded {
  readonly handler: LambdaFunction;
  /** The accesses that it tried and that its policy does not allow. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/** The environment belongs to the process, so one function runs at a time. */
const alone = createMutex();

/** Loads a function behind a proxy that forwards what its policy allows to the local endpoint. */
export async function guard(name: FunctionName, policy: Policy): Promise<Guarded> {
  const refused: string[] = [];
  let endpoint = '';
  let handler: LambdaFunction | undefined;
  const server = await serveHttp(async (request, response) => {
    const body = await buffer(request);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const target = request.headers['x-amz-target'];
    const wanted = target === undefined ? [] : accessesOf(String(target), JSON.parse(body.toString())).map(inTemplate);
    for (const access of wanted) policy.use(access);
    const missing = wanted.filter((access) => !policy.allows(access));
    refused.push(...missing.map(({ action, resource, keys }) => `${action} on ${resource} [${keys}]`));
    if (missing.length > 0) {
      response.writeHead(400).end(JSON.stringify({ __type: 'AccessDeniedException', message: refused.at(-1) }));
      return;
    }
    const forwarded = await fetch(new URL(request.url ?? '/', endpoint), {
      method: request.method ?? 'POST',
      headers: headers as Record<string, string>,
      ...(request.method === 'POST' ? { body } : {}),
    });
    response.writeHead(forwarded.status, { 'Content-Type': forwarded.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await forwarded.arrayBuffer()));
  });

  const invoke: LambdaFunction = async (event, context) => {
    const { AWS_ENDPOINT_URL = '', SWEEP_QUEUE_URL = '' } = process.env;
    endpoint = AWS_ENDPOINT_URL;
    const queue = SWEEP_QUEUE_URL.replace(AWS_ENDPOINT_URL, server.url);
    Object.assign(process.env, { AWS_ENDPOINT_URL: server.url, SWEEP_QUEUE_URL: queue });
    try {
      handler ??= load(name);
      return await handler(event, context);
    } finally {
      Object.assign(process.env, { AWS_ENDPOINT_URL, SWEEP_QUEUE_URL });
    }
  };
  return {
    handler: (event, context) => {
      const { path } = event as { readonly path?: string };
      // The portal's test waits for the other functions. Its clients have their addresses by then.
      return handler && path?.endsWith('/test.run') ? handler(event, context) : alone(() => invoke(event, context));
    },
    refused,
    close: server.close,
  };
}

/** The access by the name that a template has for the log of the authorizer. */
function inTemplate(access: Access): Access {
  const isLog = access.resource.endsWith(`:log-group:${names.authorizerLog}:*`);
  return isLog ? { ...access, resource: 'RequestsAuthorizerLog.Arn' } : access;
}

/** Loads a function with its own clients, as in a process of its own. */
function load(name: FunctionName): LambdaFunction {
  let loaded: LambdaFunction | undefined;
  // The local endpoint answers its functions without HTTP; these are to call the proxy.
  handIn(undefined);
  jest.isolateModules(() => {
    ({ handler: loaded } = require(`../../lambda/${name}`) as { handler: LambdaFunction });
  });
  return loaded as LambdaFunction;
}

import type { IncomingMessage } from 'node:http';
import { endpointOf, type Client as SdkClient } from './connection';

/** Calls an operation: its input and its result are JSON. @throws what the SDK throws */
export type Exchange = (operation: string, input: object) => Promise<object>;

/** Middlewares of the SDK that `requestOf` and `readReply` replace, or that do nothing for us. */
const replaced = [
  ...['serializerMiddleware', 'deserializerMiddleware', 'contentLengthMiddleware', 'hostHeaderMiddleware'],
  ...['httpAuthSchemeMiddleware', 'loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'],
];

/** How a service of the AWS JSON protocol is addressed. */
interface Service {
  /** The class of its client, as the SDK calls it. */
  readonly client: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

export const dynamoDb: Service = { client: 'DynamoDBClient', target: 'DynamoDB_20120810', version: '1.0' };
export const secretsManager: Service = { client: 'SecretsManagerClient', target: 'secretsmanager', version: '1.1' };

type Handler = (args: { input: object; request?: object }) => Promise<{ output: object; response: Response }>;

interface Response {
  readonly statusCode: number;
  /** The local endpoint has the bytes. */
  readonly body: IncomingMessage | Uint8Array;
}

/** What of the SDK's client is used here; its own types are about single commands. */
interface Client {
  readonly middlewareStack: Stack;
  readonly config: {
    signer: (scheme?: object) => Promise<object>;
    readonly httpAuthSchemes: readonly { readonly schemeId: string; readonly signer: object }[];
    readonly requestHandler: { handle(request: object): Promise<{ response: Response }> };
  };
}

interface Stack {
  clone(): Stack;
  identify(): string[];
  remove(name: string): boolean;
  add(middleware: (next: Handler) => Handler, options: { step: string; name: string; priority?: string }): void;
  resolve(last: (args: { request: object }) => Promise<{ response: Response }>, context: object): Handler;
}

/**
 * The calls of a client with the SDK's retries, signatures, correction of the clock, credentials, connections and errors,
 * and without what it does besides. Its middlewares are put together once for each operation.
 */
export function exchangeOf(sdkClient: SdkClient, service: Service): Exchange {
  const client = sdkClient as unknown as Client;
  const { config } = client;
  const handlers = new Map<string, Handler>();
  const makeSigner = config.signer;
  let signer: Promise<object> | undefined;
  // The SDK would make one for each call.
  config.signer = (scheme) => {
    signer ??= makeSigner(scheme);
    return signer;
  };
  let endpoint: Promise<URL> | undefined;

  const makeHandler = (operation: string): Handler => {
    const context = contextOf(service, operation, config);
    const stack = client.middlewareStack.clone();
    for (const name of replaced) stack.remove(name);
    stack.add(
      (next) => async (args) => {
        endpoint ??= endpointOf(sdkClient);
        return next({ ...args, request: requestOf(await endpoint, service, operation, JSON.stringify(args.input)) });
      },
      { step: 'serialize', name: 'requestOf' },
    );
    stack.add(
      (next) => async (args) => {
        const { response } = await next(args);
        if (response.statusCode === 200) return { response, output: await readReply(response) };
        return onlyErrors(client.middlewareStack).resolve(async () => ({ response }), context)(args);
      },
      { step: 'deserialize', name: 'readReply' },
    );
    return stack.resolve(({ request }) => config.requestHandler.handle(request), context);
  };

  return async (operation, input) => {
    const handler = handlers.get(operation) ?? makeHandler(operation);
    handlers.set(operation, handler);
    return (await handler({ input })).output;
  };
}

/** What middlewares read of a call besides its arguments: the SDK's, and those that whoever made the client has added. */
function contextOf({ client }: Service, operation: string, config: Client['config']): object {
  const scheme = config.httpAuthSchemes.find(({ schemeId }) => schemeId === 'aws.auth#sigv4');
  const context = { clientName: client, commandName: `${operation}Command` };
  const httpAuthOption = { schemeId: scheme?.schemeId, signingProperties: { config, context } };
  const selectedHttpAuthScheme = { httpAuthOption, identity: {}, signer: scheme?.signer };
  return Object.assign(context, { __smithy_context: { operation, selectedHttpAuthScheme } });
}

function requestOf(
  { protocol, hostname, host, port, pathname }: URL,
  { target, version }: Service,
  operation: string,
  body: string,
): object {
  return {
    method: 'POST',
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: pathname,
    query: {},
    headers: {
      host,
      'content-type': `application/x-amz-json-${version}`,
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-target': `${target}.${operation}`,
    },
    body,
  };
}

/** The middleware that makes an error of a response, alone. */
function onlyErrors(stack: Stack): Stack {
  const errors = stack.clone();
  const named = errors.identify().map((described) => described.split(/[ :]/)[0] ?? '');
  for (const name of [...named, ...replaced]) if (name !== 'deserializerMiddleware') errors.remove(name);
  return errors;
}

async function readReply({ statusCode, body }: Response): Promise<object> {
  const bytes = body instanceof Uint8Array ? Buffer.from(body) : await collect(body);
  return { ...JSON.parse(bytes.toString()), $metadata: { httpStatusCode: statusCode } };
}

function collect(body: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.once('error', reject);
    body.once('end', () => resolve(Buffer.concat(chunks)));
  });
}

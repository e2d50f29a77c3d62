import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

type Json = Readonly<Record<string, unknown>>;
type ErrorClass = new (options: object) => Error;

/** The SDK's register of the errors of a service: two of its own, and those of the service. */
interface ErrorRegistry {
  readonly schemas: ReadonlyMap<string, readonly unknown[]>;
  readonly exceptions: ReadonlyMap<readonly unknown[], ErrorClass>;
}

interface Settings {
  readonly defaultNamespace: string;
  readonly errorTypeRegistries: readonly ErrorRegistry[];
  readonly serviceTarget: string;
}

/** An operation of the SDK, with the schema of its input. */
interface Operation {
  readonly name: string;
  readonly input?: Schema | (() => Schema);
}

/** Its last two parts are the names of the members, and for each its schema, alone or followed by its traits. */
type Schema = readonly unknown[] | string;

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: IncomingMessage | Uint8Array;
}

/**
 * Replaces the SDK's protocol of the services that functions call, which walks through every value by a schema. What
 * functions send and read is JSON already: a date or bytes in an input are refused, and a date in a result is a number.
 */
export abstract class AwsJsonRpcProtocol {
  constructor(private readonly settings: Settings) {}

  protected abstract getJsonRpcVersion(): string;

  setSerdeContext(): void {}

  async serializeRequest(
    { name, input: schema = [] }: Operation,
    input: Json,
    { endpoint }: { endpoint(): Promise<{ protocol: string; hostname: string; port?: number; path: string }> },
  ): Promise<object> {
    const { protocol, hostname, port, path } = await endpoint();
    return {
      method: 'POST',
      ...{ protocol, hostname, port, path: path.endsWith('/') ? path : `${path}/` },
      query: {},
      headers: {
        'content-type': `application/x-amz-json-${this.getJsonRpcVersion()}`,
        'x-amz-target': `${this.settings.serviceTarget}.${name}`,
      },
      body: JSON.stringify({ ...input, ...newTokens(schema, input) }, onlyJson),
    };
  }

  /** @throws the SDK's error for the response */
  async deserializeResponse(_operation: object, _context: object, response: Response): Promise<object> {
    const { statusCode, headers, body } = response;
    const bytes = body instanceof Uint8Array ? body : await buffer(body);
    const read: Json = bytes.byteLength > 0 ? JSON.parse(Buffer.from(bytes).toString()) : {};
    const $metadata = {
      httpStatusCode: statusCode,
      requestId: headers['x-amzn-requestid'] ?? headers['x-amzn-request-id'] ?? headers['x-amz-request-id'],
      extendedRequestId: headers['x-amz-id-2'],
      cfId: headers['x-amz-cf-id'],
    };
    if (statusCode < 300) return { ...read, $metadata };
    throw this.errorOf(read, headers['x-amzn-errortype'], $metadata);
  }

  /** https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html#operation-error-serialization */
  private errorOf(body: Json, header: string | undefined, $metadata: { readonly httpStatusCode: number }): Error {
    const { defaultNamespace, errorTypeRegistries } = this.settings;
    const code = body.__type ?? body.code ?? body.Code ?? header ?? 'Unknown';
    const name = String(code).split(',')[0]?.split(':')[0]?.split('#').at(-1) ?? '';
    const found = find(errorTypeRegistries, `${defaultNamespace}#${name}`);
    const $fault = $metadata.httpStatusCode < 500 ? 'client' : 'server';
    const message = body.message ?? body.Message ?? 'UnknownError';
    const error = found
      ? new found({ $metadata, message })
      : new (baseOf(errorTypeRegistries))({ name, $fault, $metadata, message });
    const { Message, ...members } = body;
    const present = error as unknown as Json;
    const added = Object.entries(members).filter(([key]) => present[key] === undefined);
    return Object.assign(error, Object.fromEntries(added));
  }
}

/** The bit of the SDK's traits that says: a token by which the service knows a request that is repeated. */
const idempotencyToken = 4;

/** Such tokens for those that an input lacks. Secrets Manager refuses a new secret without. */
function newTokens(schema: Schema | (() => Schema), input: Json): Json {
  const [, , , , names = [], members = []] = (typeof schema === 'function' ? schema() : schema) as readonly unknown[][];
  const isToken = (member: unknown) => Array.isArray(member) && (member[1] & idempotencyToken) !== 0;
  const lacking = names.filter((name, index) => isToken(members[index]) && input[String(name)] === undefined);
  return Object.fromEntries(lacking.map((name) => [name, randomUUID()]));
}

function find(registries: readonly ErrorRegistry[], id: string): ErrorClass | undefined {
  for (const { schemas, exceptions } of registries) {
    const found = exceptions.get(schemas.get(id) ?? []);
    if (found) return found;
  }
  return undefined;
}

/** The class of the errors that a service does not list. @throws Error if the SDK no longer has it */
function baseOf(registries: readonly ErrorRegistry[]): ErrorClass {
  const classes = registries.flatMap(({ exceptions }) => [...exceptions]);
  const base = classes.find(([[, namespace]]) => String(namespace).startsWith('smithy.ts.sdk.synthetic.'))?.[1];
  if (!base) throw new Error('The SDK has no class for unlisted errors: adapt scripts/lambda-json-protocol.ts.');
  return base;
}

function onlyJson(this: Json, key: string, value: unknown): unknown {
  const given = this[key];
  if (!(given instanceof Date || given instanceof Uint8Array)) return value;
  throw new Error(
    `The functions send JSON only, but "${key}" is a date or bytes: adapt scripts/lambda-json-protocol.ts.`,
  );
}

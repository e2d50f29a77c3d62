import { Readable } from 'node:stream';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';
import { AwsJsonRpcProtocol } from '../../scripts/lambda-json-protocol';

class Protocol extends AwsJsonRpcProtocol {
  protected override getJsonRpcVersion() {
    return '1.0';
  }
}

interface Client {
  readonly config: { readonly protocol: Reader; readonly protocolSettings: ConstructorParameters<typeof Protocol>[0] };
}
type Reader = Pick<Protocol, 'serializeRequest' | 'deserializeResponse'>;

const options = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const services = [
  { errors: dynamoDb, client: new dynamoDb.DynamoDBClient(options), operation: dynamoDb.GetItem$ },
  {
    errors: secretsManager,
    client: new secretsManager.SecretsManagerClient(options),
    operation: secretsManager.GetSecretValue$,
  },
] as const;

interface Request {
  readonly body: string | Uint8Array;
}

/** The protocol of the SDK, and the one that replaces it, each for the same service. */
function readers(client: unknown): readonly [Reader, Reader] {
  const { protocol, protocolSettings } = (client as Client).config;
  return [protocol, new Protocol(protocolSettings)];
}

const operationOf = ([, namespace, name, traits, input, output]: readonly unknown[]) =>
  ({ namespace, name, traits, input, output }) as unknown as { readonly name: string };

const responseOf = (statusCode: number, body: string, headers = {}) => ({
  statusCode,
  headers: { 'x-amzn-requestid': 'request', ...headers },
  body: Readable.from([Buffer.from(body)]) as never,
});

/** What a caller sees of an error. */
function seen(error: unknown) {
  const { message, name } = error as Error;
  return { class: Object.getPrototypeOf(error).constructor, name, message, ...(error as object) };
}

/** What becomes of a response, by the SDK's protocol and by ours. */
function failures(client: unknown, operation: readonly unknown[], ...response: Parameters<typeof responseOf>) {
  const context = (client as Client).config;
  const reading = (reader: Reader) =>
    reader.deserializeResponse(operationOf(operation), context, responseOf(...response)).then(
      (result) => ({ result }),
      (error: unknown) => seen(error),
    );
  return Promise.all(readers(client).map(reading));
}

const named = services.flatMap(({ errors, client, operation }) =>
  Object.entries(errors)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Error)
    .filter(([name]) => !name.endsWith('ServiceException'))
    .map(([name]) => ({ name, client, operation })),
);

test('there are errors to compare', () => {
  expect(named.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['TransactionCanceledException', 'ReplicatedWriteConflictException', 'DecryptionFailure']),
  );
});

test.each(named)('$name is the same error as the one that the SDK makes', async ({ name, client, operation }) => {
  const CancellationReasons = [{ Code: 'ConditionalCheckFailed', Item: { id: { S: 'a' } } }, { Code: 'None' }];
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, Message: 'no', CancellationReasons };
  const [sdk, ours] = await failures(client, operation, 400, JSON.stringify(body));
  expect(ours).toEqual(sdk);
});

test.each([
  [
    'an error that the service does not list',
    400,
    '{"__type":"com.example#NewException","message":"no","detail":1}',
    {},
  ],
  ['the same of the server', 500, '{"__type":"NewException"}', {}],
  ['an error named by a header', 400, '{}', { 'x-amzn-errortype': 'ThrottlingException:http://internal/' }],
  ['an error named by its code', 429, '{"code":"ThrottlingException,more","message":"slow"}', {}],
  ['an error without a name', 503, '{}', {}],
  ['a response without a body', 503, '', {}],
  ['a page of HTML', 503, '<html></html>', {}],
  ['a result', 200, '{}', {}],
] as const)('%s is what the SDK makes of it', async (_, status, body, headers) => {
  for (const { client, operation } of services) {
    const [sdk, ours] = await failures(client, operation, status, body, headers);
    expect(ours).toEqual(sdk);
  }
});

const endpoint = async () => ({ protocol: 'https:', hostname: 'sqs.eu-west-1.amazonaws.com', path: '/' });

test('a request is the one that the SDK sends', async () => {
  const [sdk, ours] = readers(new sqs.SQSClient(options));
  const operation = operationOf(sqs.SendMessage$);
  const input = { QueueUrl: 'https://example.com/queue', MessageBody: '{"a":"é"}', DelaySeconds: 60, Left: undefined };
  const parts = async (reader: Reader) => {
    const request = (await reader.serializeRequest(operation, input, { endpoint } as never)) as Record<string, unknown>;
    const { method, protocol, hostname, path, headers, body } = request;
    const { 'x-amzn-query-mode': _, ...sent } = headers as Record<string, string>;
    return {
      method,
      protocol,
      hostname,
      path,
      headers: sent,
      body: JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body as Uint8Array)),
    };
  };
  expect(await parts(ours)).toEqual(await parts(sdk));
});

const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);

test.each([
  ['a new secret gets a token', secretsManager.CreateSecret$, {}, { ClientRequestToken: uuid }],
  ['a new value of a secret gets a token', secretsManager.PutSecretValue$, {}, { ClientRequestToken: uuid }],
  [
    'a token that was given stays',
    secretsManager.PutSecretValue$,
    { ClientRequestToken: 'a' },
    { ClientRequestToken: 'a' },
  ],
  ['what takes no token gets none', secretsManager.GetSecretValue$, {}, {}],
  ['a transaction gets a token', dynamoDb.TransactWriteItems$, {}, { ClientRequestToken: uuid }],
] as const)('%s, as from the SDK', async (_, operation, input, expected) => {
  const { client } = operation === dynamoDb.TransactWriteItems$ ? services[0] : services[1];
  for (const reader of readers(client)) {
    const request = (await reader.serializeRequest(operationOf(operation), input, { endpoint } as never)) as Request;
    expect(
      JSON.parse(typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body)),
    ).toEqual(expected);
  }
});

test.each([[new Date()], [Buffer.from('a')]])('a value that is not of JSON is refused: %s', async (value) => {
  const [, ours] = readers(services[0].client);
  const sending = ours.serializeRequest({ name: 'PutItem' }, { Item: { value } }, { endpoint } as never);
  await expect(sending).rejects.toThrow('"value" is a date or bytes');
});

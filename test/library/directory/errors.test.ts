import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tenantStateKey } from '../../../lambda/store/keys';
import { openDirectory, ScimLibraryError } from '../../../library/directory';
import { DynamoTenantStore } from '../../../operator/store/tenant-store';
import { userBody } from '../../directory/requests';
import { serveHttp } from '../../http-server';
import { type Opened, openLibrary } from './opened';

let library: Opened;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const unknown = { name: 'UnknownTenantError', code: 'UnknownTenant', message: expect.stringContaining('no tenant') };

/** Every call of a tenant's directory. */
function callsOf(tenantId: string, directory = library.directory): readonly (() => Promise<unknown>)[] {
  const { users, groups, ...tenant } = directory.tenant(tenantId);
  const first = async (items: AsyncIterable<unknown>) => (await items[Symbol.asyncIterator]().next()).value;
  return [
    () => users.get('x'),
    () => users.byUserName('x'),
    () => users.byExternalId('x'),
    () => users.byEmail('x'),
    () => users.list(),
    () => groups.get('x'),
    () => groups.byDisplayName('x'),
    () => groups.list(),
    () => groups.members('x'),
    () => tenant.groupsOf('x'),
    () => tenant.isMember('x', 'x'),
    () => tenant.rolesOf('x'),
    () => first(tenant.snapshot()),
    () => first(tenant.changedSince(new Date())),
  ];
}

test('no call takes a tenant that does not exist for an empty one, and none reads the items of others', async () => {
  const names = ['aaaaaaaaaaaa', '', 'TENANT', 'x#USER', '__proto__', '\u0000'];
  for (const tenantId of names) {
    for (const call of callsOf(tenantId)) await expect(call()).rejects.toMatchObject({ ...unknown, tenantId });
  }
});

test('a tenant is unknown as soon as its deletion has begun, and known as soon as it was created', async () => {
  const { tenantId } = await library.createTenant();
  const read = () => openDirectory({ tables: library.open.tables, client: library.open.client }).tenant(tenantId);
  expect(await read().users.get('x')).toBeUndefined();
  await new DynamoTenantStore(library.open.tables).markDeleted(tenantId, new Date().toISOString());
  await expect(read().users.get('x')).rejects.toMatchObject(unknown);
});

test('items of another release are refused, and named', async () => {
  const { tenantId, send } = await library.createTenant();
  const id = String((await send('POST', '/Users', userBody('anna'))).body.id);
  const { client, directory: TableName } = library.open.tables;
  const Item = { pk: `${tenantId}#USER`, sk: id, format: 2 };
  await client.send(new PutCommand({ TableName, Item }));
  const other = { name: 'OtherReleaseError', code: 'OtherRelease', message: expect.stringContaining(`sk=${id}`) };
  const { users, ...tenant } = library.directory.tenant(tenantId);
  await expect(users.get(id)).rejects.toMatchObject(other);
  await expect(users.list()).rejects.toMatchObject(other);
  await expect(tenant.snapshot()[Symbol.asyncIterator]().next()).rejects.toMatchObject(other);
  const state = { ...tenantStateKey('bbbbbbbbbbbb'), format: 2, created: 'x' };
  await client.send(new PutCommand({ TableName, Item: state }));
  const of = { code: 'OtherRelease', message: expect.stringContaining('#STATE') };
  await expect(library.directory.tenant('bbbbbbbbbbbb').users.list()).rejects.toMatchObject(of);
});

test('tables that do not exist are an unknown deployment', async () => {
  const directory = openDirectory({
    tables: { directory: 'not-there', memberships: 'not-there-either' },
    client: library.open.client,
  });
  for (const call of callsOf('aaaaaaaaaaaa', directory)) {
    await expect(call()).rejects.toMatchObject({
      code: 'UnknownDeployment',
      message: expect.stringContaining('region'),
    });
  }
});

test('tables that are interchanged, or a region that is not known, are an unknown deployment', async () => {
  const { directory: memberships, memberships: directory } = library.open.tables;
  const interchanged = openDirectory({ tables: { directory, memberships }, client: library.open.client });
  const unknownDeployment = (text: string) => ({ code: 'UnknownDeployment', message: expect.stringContaining(text) });
  const named = interchanged.tenant('aaaaaaaaaaaa').users.get('x');
  await expect(named).rejects.toMatchObject(unknownDeployment('names of the tables'));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const nowhere = new DynamoDBClient({
    credentials,
    region: async () => {
      throw new Error('Region is missing');
    },
  });
  const read = openDirectory({ tables: library.open.tables, client: nowhere }).tenant('aaaaaaaaaaaa').users.get('x');
  await expect(read).rejects.toMatchObject(unknownDeployment('AWS_REGION'));
});

test('an instant or a count that is none is named', async () => {
  const { users, changedSince } = library.directory.tenant('aaaaaaaaaaaa');
  expect(() => changedSince('yesterday')).toThrow(
    new RangeError('"yesterday" is no instant: use a Date, or text such as 2026-11-27T09:00:00Z.'),
  );
  expect(() => changedSince(new Date(Number.NaN))).toThrow(/is no instant/);
  await expect(users.list({ count: Number.NaN })).rejects.toThrow(/count is not a number/);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The library on an endpoint that refuses every call as DynamoDB does. */
async function refusing(type: string, message: string) {
  const server = await serveHttp(async (_, response) => {
    response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }));
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  closing.push(async () => {
    client.destroy();
    await server.close();
  });
  return openDirectory({ tables: library.open.tables, client });
}

test('a missing permission names the action, the resource and the grant', async () => {
  const resource = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Scim-Directory';
  const directory = await refusing(
    'AccessDeniedException',
    `User: arn:aws:sts::111122223333:assumed-role/app/app is not authorized to perform: dynamodb:GetItem on resource: ${resource} because no identity-based policy allows the dynamodb:GetItem action`,
  );
  for (const call of callsOf('aaaaaaaaaaaa', directory)) {
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScimLibraryError);
    expect(error).toMatchObject({
      name: 'MissingPermissionError',
      code: 'MissingPermission',
      action: 'dynamodb:GetItem',
      resource,
      grant: 'grantReadDirectory',
      message:
        `The credentials do not allow dynamodb:GetItem on ${resource}: call grantReadDirectory() of the ScimEndpoint with ` +
        'the function and deploy, or add the action to the policy of its role.',
      cause: expect.objectContaining({ name: 'AccessDeniedException' }),
    });
  }
});

test('a key that may not be used is a missing permission, too', async () => {
  const directory = await refusing(
    'AccessDeniedException',
    'User: arn:aws:sts::111122223333:assumed-role/app/app is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/k because …',
  );
  const call = directory.tenant('aaaaaaaaaaaa').users.get('x');
  await expect(call).rejects.toMatchObject({ action: 'kms:Decrypt', resource: expect.stringContaining(':key/k') });
});

test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
  '%s is a throttled call',
  async (type) => {
    const directory = await refusing(type, 'Rate exceeded');
    for (const call of callsOf('aaaaaaaaaaaa', directory)) {
      await expect(call()).rejects.toMatchObject({ name: 'ThrottledError', code: 'Throttled' });
    }
  },
);

test.each([
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9', 'The connection was refused: is the endpoint running?'],
  [
    'ENOTFOUND',
    'getaddrinfo ENOTFOUND dynamodb.eu-wets-1.amazonaws.com',
    'The address does not exist: check the region',
  ],
  ['ETIMEDOUT', 'connect ETIMEDOUT', 'The request timed out'],
])('%s is an unreachable service', async (code, said, message) => {
  const handle = () => Promise.reject(Object.assign(new Error(said), { code }));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ region: 'eu-west-1', credentials, maxAttempts: 1, requestHandler: { handle } });
  for (const call of callsOf('aaaaaaaaaaaa', openDirectory({ tables: library.open.tables, client }))) {
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScimLibraryError);
    expect(error).toMatchObject({ name: 'UnreachableError', code: 'Unreachable', cause: { code } });
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(new RegExp(`^${message}.*${said}`.replace('?', '\\?'))),
    );
  }
});

test.each([
  ['ExpiredTokenException', 'The AWS credentials have expired'],
  ['UnrecognizedClientException', 'AWS does not know these credentials'],
  ['InvalidSignatureException', 'AWS does not accept these credentials'],
])('%s is a matter of credentials', async (type, message) => {
  const directory = await refusing(type, 'The security token included in the request is not good');
  for (const call of callsOf('aaaaaaaaaaaa', directory)) {
    const expected = { name: 'CredentialsError', code: 'Credentials', message: expect.stringContaining(message) };
    await expect(call()).rejects.toMatchObject(expected);
  }
});

test('no grant gives the permission to find a stack', async () => {
  const directory = await refusing(
    'AccessDeniedException',
    'User: arn:aws:sts::111122223333:assumed-role/app/app is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack/Mine/*',
  );
  const error = await directory
    .tenant('aaaaaaaaaaaa')
    .users.get('x')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'MissingPermission', grant: undefined });
  expect(error).toHaveProperty('message', expect.stringMatching(/stack\/Mine\/\*: add the action to the policy/));
});

test('another failure of AWS is passed on as it is', async () => {
  const directory = await refusing('InternalServerError', 'It is us');
  await expect(directory.tenant('aaaaaaaaaaaa').users.get('x')).rejects.toMatchObject({
    name: 'InternalServerError',
    message: 'It is us',
  });
});

describe('without arguments', () => {
  afterEach(() => {
    delete process.env.SCIM_DEPLOYMENT;
  });

  test('the deployment is the one that the grant describes', async () => {
    const { tenantId } = await library.createTenant();
    const { directory: directoryTable, memberships: membershipsTable } = library.open.tables;
    process.env.SCIM_DEPLOYMENT = JSON.stringify({ format: 1, region: 'eu-west-1', directoryTable, membershipsTable });
    const { users } = openDirectory({ client: library.open.client }).tenant(tenantId);
    expect(await users.list()).toEqual({ items: [], total: 0 });
  });

  test.each([
    [undefined, 'UnknownDeployment', 'grantReadDirectory()'],
    ['{', 'UnknownDeployment', 'is not JSON'],
    ['{"format":1}', 'UnknownDeployment', 'does not name'],
    ['{"format":2,"region":"eu-west-1"}', 'OtherRelease', 'has the format 2'],
    ['[]', 'OtherRelease', 'has the format undefined'],
    ['null', 'OtherRelease', 'has the format undefined'],
  ])('%s is refused when it is opened', (text, code, message) => {
    if (text !== undefined) process.env.SCIM_DEPLOYMENT = text;
    expect(() => openDirectory()).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

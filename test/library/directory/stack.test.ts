import { openDirectory } from '../../../library/directory';
import { names } from '../../../local/environment';
import { type AwsStandIn, stack, startAws } from '../../cli/aws-stand-in';
import { userBody } from '../../directory/requests';
import { type Opened, openLibrary } from './opened';

/** How calls of the stand-in are signed. */
const environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

let library: Opened;
let aws: AwsStandIn;

beforeAll(async () => {
  library = await openLibrary();
  aws = await startAws();
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url });
});

afterAll(async () => {
  for (const name of [...Object.keys(environment), 'AWS_ENDPOINT_URL_CLOUDFORMATION']) delete process.env[name];
  await aws.close();
  await library.close();
});

beforeEach(() => {
  const { directory, memberships } = library.open.tables;
  aws.asked.length = 0;
  aws.answer = stack({
    BaseUrl: 'https://scim.example.com/{tenantId}/scim/v2',
    DirectoryTable: directory,
    MembershipsTable: memberships,
    SecretPrefix: names.secretPrefix,
    MaxTokenDays: '366',
    AuthorizerLog: names.authorizerLog,
  });
});

const open = () => openDirectory({ stackName: 'Mine', region: 'eu-west-1', client: library.open.client });

test('a stack is asked for its tables once, with the first call', async () => {
  const { tenantId, send } = await library.createTenant();
  await send('POST', '/Users', userBody('anna'));
  const { users } = open().tenant(tenantId);
  expect(aws.asked).toHaveLength(0);
  expect(await users.byUserName('anna@example.com')).toMatchObject({ displayName: 'anna' });
  await users.list();
  expect(aws.asked.map((asked) => asked.get('StackName'))).toEqual(['Mine']);
});

test('a stack without the outputs is an unknown deployment, and it is asked again with the next call', async () => {
  const { tenantId } = await library.createTenant();
  const answer = aws.answer;
  aws.answer = stack({});
  const { users } = open().tenant(tenantId);
  await expect(users.list()).rejects.toMatchObject({
    code: 'UnknownDeployment',
    message: expect.stringContaining('Stack Mine in region eu-west-1 has no output'),
  });
  aws.answer = answer;
  expect(await users.list()).toEqual({ items: [], total: 0 });
});

import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { names } from '../../../local/environment';
import { admin, adminJson } from '../../cli/admin';
import { type AwsStandIn, refusal, stack, startAws } from '../../cli/aws-stand-in';

let endpoint: Endpoint;
let aws: AwsStandIn;
let apiGateway: AwsStandIn;

beforeAll(async () => {
  endpoint = await startEndpoint({});
  aws = await startAws();
  process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = aws.url;
  apiGateway = await startAws();
  apiGateway.answer = [201, JSON.stringify({ id: 'key' })];
  process.env.AWS_ENDPOINT_URL_API_GATEWAY = apiGateway.url;
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_CLOUDFORMATION;
  delete process.env.AWS_ENDPOINT_URL_API_GATEWAY;
  await apiGateway.close();
  await aws.close();
  await endpoint.close();
});

const outputs = {
  BaseUrl: 'https://scim.example.com/{tenantId}/scim/v2',
  DirectoryTable: names.directoryTable,
  MembershipsTable: names.membershipsTable,
  SecretPrefix: names.secretPrefix,
  MaxTokenDays: '30',
  AuthorizerLog: names.authorizerLog,
  UsagePlanLow: 'low',
  UsagePlanStandard: 'standard',
  UsagePlanHigh: 'high',
};

test('a deployment is found by the outputs of its stack', async () => {
  aws.answer = stack(outputs);
  const made = await adminJson<{ tenantId: string; baseUrl: string }>(
    'tenant',
    'create',
    'deployed',
    '--stack',
    'Mine',
  );
  expect(made.baseUrl).toBe(`https://scim.example.com/${made.tenantId}/scim/v2`);
  expect(aws.asked.at(-1)?.get('Action')).toBe('DescribeStacks');
  expect(aws.asked.at(-1)?.get('StackName')).toBe('Mine');
  expect(await adminJson('tenant', 'list')).toMatchObject([{ label: 'deployed' }]);
});

test('a token of a deployment lives no longer than its maxTokenDays, and its first one no longer either', async () => {
  aws.answer = stack(outputs);
  await adminJson('tenant', 'create', 'short-lived');
  const [token] = await adminJson<readonly { created: string; expires: string }[]>('token', 'list', 'short-lived');
  expect(Date.parse(token?.expires ?? '') - Date.parse(token?.created ?? '')).toBe(30 * 24 * 3_600_000);
  expect(await admin(['token', 'create', 'short-lived', '--expires', '31d'])).toMatchObject({
    code: 1,
    err:
      'scim-admin: A token of this deployment lives at most 30 days (maxTokenDays), and this one would live 31: choose a ' +
      'shorter life, such as 30d, or deploy with another maxTokenDays. No token was created.\n',
  });
  expect((await admin(['token', 'list', 'short-lived'])).err).toContain('lives at most 30 days');
});

test('on an emulator the Base URL is the address that works there, with the other one in a note', async () => {
  const { AWS_ENDPOINT_URL: local } = process.env;
  aws.answer = stack({
    ...outputs,
    BaseUrl: 'https://0a1b.execute-api.us-east-1.amazonaws.com/prod/{tenantId}/scim/v2',
  });
  const { code, out, err } = await admin(['tenant', 'create', 'emulated']);
  const [, tenantId] = /^Tenant +(\S+)/m.exec(out) ?? [];
  expect(code).toBe(0);
  expect(out).toContain(`${local}/restapis/0a1b/prod/_user_request_/${tenantId}/scim/v2\n`);
  expect(err).toContain(
    `${local}/prod/${tenantId}/scim/v2 with the header "Host: 0a1b.execute-api.us-east-1.amazonaws.com"`,
  );
});

test('a deployment without limits of tenants creates no API key, and says why it sets no limits', async () => {
  const { UsagePlanLow, UsagePlanStandard, UsagePlanHigh, ...unlimited } = outputs;
  aws.answer = stack(unlimited);
  const asked = apiGateway.asked.length;
  await adminJson('tenant', 'create', 'unlimited');
  expect(apiGateway.asked.length).toBe(asked);
  const { code, err } = await admin(['tenant', 'limits', 'unlimited', 'high']);
  expect(code).toBe(1);
  expect(err).toMatch(/^scim-admin: Tenant \w+ keeps its limits\. It was deployed with tenantLimits=false, .*\n$/);
  const shown = await admin(['tenant', 'show', 'unlimited']);
  expect(shown.out).toMatch(/^Limits +none: it was deployed with tenantLimits=false$/m);
});

test.each([
  [
    'a stack that does not exist, or in another region',
    refusal('ValidationError', 'Stack with id Mine does not exist'),
    'There is no stack Mine in region eu-west-1: check the name of the stack, the region and the AWS account. Pass --stack or --region, or set AWS_PROFILE.',
  ],
  [
    'a stack of something else',
    stack({ BaseUrl: outputs.BaseUrl }),
    'Stack Mine in region eu-west-1 has no output DirectoryTable. If an older release deployed it, deploy it again. If it has a ScimEndpoint of your own app, call addOutputs() on it and deploy again. Otherwise choose another stack. Pass --stack or --region, or set AWS_PROFILE.',
  ],
  [
    'a permission that is missing',
    refusal(
      'AccessDenied',
      'User: arn:aws:iam::123456789012:user/eve is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/Mine/* because no identity-based policy allows the action',
    ),
    'arn:aws:iam::123456789012:user/eve may not do cloudformation:DescribeStacks on arn:aws:cloudformation:eu-west-1:123456789012:stack/Mine/*: ask for that permission.',
  ],
  [
    'credentials that have expired',
    refusal('ExpiredToken', 'The security token included in the request is expired'),
    'The AWS credentials have expired: run "aws sso login" and try again. (The security token included in the request is expired)',
  ],
  [
    'credentials that nobody knows',
    refusal('InvalidClientTokenId', 'The security token included in the request is invalid.'),
    'AWS does not know these credentials: check AWS_PROFILE and try again. (The security token included in the request is invalid.)',
  ],
])('%s is one line with the cure', async (_, answer, message) => {
  aws.answer = answer;
  expect(await admin(['tenant', 'list', '--stack', 'Mine', '--region', 'eu-west-1'])).toEqual({
    code: 1,
    out: '',
    err: `scim-admin: ${message}\n`,
  });
});

test('a table that may not be read says which action is missing', async () => {
  aws.answer = stack({ ...outputs, DirectoryTable: 'theirs' });
  const denied = JSON.stringify({
    __type: 'com.amazon.coral.service#AccessDeniedException',
    message: 'User: me is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:table/theirs',
  });
  const tables = await startAws();
  tables.answer = [400, denied];
  process.env.AWS_ENDPOINT_URL_DYNAMODB = tables.url;
  const { code, err } = await admin(['tenant', 'list']);
  delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
  await tables.close();
  expect({ code, err }).toEqual({
    code: 1,
    err: 'scim-admin: me may not do dynamodb:Query on arn:aws:dynamodb:table/theirs: ask for that permission.\n',
  });
});

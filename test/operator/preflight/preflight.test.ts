import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { admin } from '../../cli/admin';
import cases from './preflight.json';

/** A response of AWS: JSON or XML. */
interface Answer {
  readonly status?: number;
  readonly body?: object;
  readonly xml?: string;
}

/** An account that is ready. */
const ready: Readonly<Record<string, Answer>> = {
  'sts GetCallerIdentity': {
    xml: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Deployer/me</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  },
  'ssm GetParameter': { body: { Parameter: { Value: '27' } } },
  'iam GetRole': {
    xml: '<GetRoleResponse><GetRoleResult><Role><Arn>arn:aws:iam::123456789012:role/people/Deployer</Arn></Role></GetRoleResult></GetRoleResponse>',
  },
  'iam SimulatePrincipalPolicy': {
    xml: '<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults><member><EvalActionName>sts:AssumeRole</EvalActionName><EvalDecision>allowed</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>',
  },
  'lambda /2016-08-19/account-settings': {
    body: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 } },
  },
  'apigateway /usageplans': { body: { item: [{ id: 'a' }] } },
  'apigateway /apikeys': { body: { item: [{ id: 'a' }, { id: 'b' }] } },
  'apigateway /account': { body: {} },
  'secretsmanager ListSecrets': { body: { SecretList: [{ Name: 'a' }] } },
};

let answers: Readonly<Record<string, Answer>>;
const asked: { name: string; body: string }[] = [];

/** The service that signs and the operation, as `ssm GetParameter` or `apigateway /account`. */
function nameOf({ headers, url = '' }: IncomingMessage, body: string): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  const target = String(headers['x-amz-target'] ?? '').split('.')[1];
  const operation = target ?? new URLSearchParams(body).get('Action') ?? url.replace(/\/?\?.*/, '').replace(/\/$/, '');
  return `${service} ${operation}`;
}

const server = createServer(async (request, response) => {
  const sent = await text(request);
  const name = nameOf(request, sent);
  asked.push({ name, body: sent });
  const { status = 200, body, xml } = answers[name] ?? { status: 501, body: { message: `${name} was not expected` } };
  response.writeHead(status, { 'Content-Type': xml ? 'text/xml' : 'application/json' });
  response.end(xml ?? JSON.stringify(body));
});

const settings = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
};

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, settings, { AWS_ENDPOINT_URL });
});

afterAll(async () => {
  for (const name of [...Object.keys(settings), 'AWS_ENDPOINT_URL']) delete process.env[name];
  server.closeAllConnections();
  await once(server.close(), 'close');
});

beforeEach(() => {
  answers = ready;
  asked.length = 0;
});

interface Case {
  readonly name: string;
  readonly answers?: Readonly<Record<string, Answer>>;
  /** The verdicts that are not `ok`. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly says?: string;
}

test.each(cases as readonly Case[])('$name', async ({ answers: other = {}, verdicts, says }) => {
  answers = { ...ready, ...other };
  const { code, out } = await admin(['preflight', '--json']);
  const findings: { name: string; verdict: string }[] = JSON.parse(out);
  expect(findings).toHaveLength(9);
  const notOk = findings.filter(({ verdict }) => verdict !== 'ok').map(({ name, verdict }) => [name, verdict]);
  expect(Object.fromEntries(notOk)).toEqual(verdicts);
  expect(code).toBe(Object.values(verdicts).includes('problem') ? 1 : 0);
  if (says) expect(out).toContain(says);
});

test('the permissions are those of the role behind the session, on the roles of the CDK', async () => {
  await admin(['preflight']);
  const { body = '' } = asked.find(({ name }) => name === 'iam SimulatePrincipalPolicy') ?? {};
  const sent = new URLSearchParams(body);
  expect(sent.get('PolicySourceArn')).toBe('arn:aws:iam::123456789012:role/people/Deployer');
  expect(sent.get('ResourceArns.member.1')).toBe(
    'arn:aws:iam::123456789012:role/cdk-hnb659fds-deploy-role-123456789012-eu-west-1',
  );
});

test("the deployer's policy allows what preflight asks", async () => {
  await admin(['preflight']);
  const { out } = await admin(['policies', 'deployer']);
  const { Statement } = JSON.parse(out) as { Statement: { Action: string[]; Resource: string[] }[] };
  const allowed = Statement.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) =>
      action === 'apigateway:GET'
        ? Resource.map((arn) => `apigateway /${arn.split('::/')[1]}`)
        : [action.replace(':', ' ')],
    ),
  );
  const needed = asked.map(({ name }) =>
    name === 'lambda /2016-08-19/account-settings' ? 'lambda GetAccountSettings' : name,
  );
  // GetCallerIdentity needs no permission; the roles are for cdk deploy.
  const others = needed.filter((name) => name !== 'sts GetCallerIdentity');
  expect(new Set(allowed)).toEqual(new Set([...others, 'sts AssumeRole']));
});

test('for people it prints a line per check, and what to do', async () => {
  answers = { ...ready, 'ssm GetParameter': { status: 400, body: { __type: 'ParameterNotFound' } } };
  const { out } = await admin(['preflight', '--region', 'eu-west-1']);
  expect(out.split('\n')).toEqual(
    expect.arrayContaining([
      'ok       Region: eu-west-1, account 123456789012',
      'PROBLEM  Bootstrap: the CDK was not bootstrapped in eu-west-1',
      expect.stringContaining('administrator of the account to. Run "npx cdk bootstrap aws://123456789012/eu-west-1"'),
    ]),
  );
});

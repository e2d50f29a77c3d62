import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { type LocalScim, startLocal } from '../../library/testing';
import { userBody } from '../directory/requests';
import { app } from '../lib/synthesize';
import budgets from '../library/directory/budget.json';
import { compileExamples, loadModule, readExamples } from './examples';

const document = 'docs/library.md';
const text = readFileSync(join(__dirname, '../..', document), 'utf8');
const examples = readExamples(document, 'example');
const ofCdk = (name: string) => name === 'letRead';

test('the examples compile', () => {
  expect(compileExamples(examples.filter(({ name }) => ofCdk(name)))).toBe('');
  const others = examples.filter(({ name }) => !ofCdk(name));
  expect(compileExamples(others, { exactOptionalPropertyTypes: true })).toBe('');
});

test('the table has the round trips that each call takes', () => {
  const rows = [...text.matchAll(/^\| `([\w.]+)` \| (\d+) \|/gm)].map(([, call = '', trips]) => [call, Number(trips)]);
  const expected = budgets.filter(({ call }) => /^[\w.]+$/.test(call)).map(({ call, budget }) => [call, budget.trips]);
  expect(rows).toEqual(expected);
});

test('the table has every code of the errors that these calls throw', () => {
  const errors = readFileSync(join(__dirname, '../../library/errors.ts'), 'utf8');
  const codes = [...errors.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code);
  // Only managing tenants is refused, and only testing needs another package.
  const named = [...text.matchAll(/^\| `([A-Z]\w+)` \|/gm)].map(([, code]) => code);
  expect(named.sort()).toEqual([...codes].sort());
});

/** What an example exports. */
function exported<Function>(name: string): Function {
  const example = examples.find((each) => each.name === name);
  if (!example) throw new Error(`${document} has no example ${name}.`);
  return loadModule(example)[name] as Function;
}

describe('an example', () => {
  let local: LocalScim;
  let environment: NodeJS.ProcessEnv;
  const ids: string[] = [];

  beforeAll(async () => {
    local = await startLocal();
    environment = { ...process.env };
    Object.assign(process.env, local.environment);
    const headers = { Authorization: `Bearer ${local.token}`, 'Content-Type': 'application/scim+json' };
    const create = async (path: string, body: object) => {
      const response = await fetch(local.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return ((await response.json()) as { id: string }).id;
    };
    ids.push(await create('/Users', userBody('anna')), await create('/Users', userBody('ben', { active: false })));
    await create('/Groups', { displayName: 'Staff', members: ids.map((value) => ({ value })) });
  });
  afterAll(async () => {
    process.env = environment;
    await local.stop();
  });

  test('lists the active members of a group', async () => {
    const peopleOf = exported<(tenantId: string, group: string) => Promise<readonly string[]>>('peopleOf');
    expect(await peopleOf(local.tenantId, 'staff')).toEqual(['anna@example.com']);
    expect(await peopleOf(local.tenantId, 'Nobody')).toEqual([]);
  });

  test('finds who was disabled', async () => {
    const since = new Date(Date.now() - 60_000).toISOString();
    type DisabledSince = (tenantId: string, since: string) => Promise<{ ids: readonly string[]; next: string }>;
    const found = await exported<DisabledSince>('disabledSince')(local.tenantId, since);
    expect(found).toEqual({ ids: [ids[1]], next: expect.stringMatching(/Z$/) });
  });

  test('ends the sessions of a user once', async () => {
    const log = jest.spyOn(console, 'log').mockImplementation(() => {});
    const handler = exported<(event: unknown) => Promise<string>>('handler');
    const detail = { schemaVersion: '1', tenantId: 't', resourceType: 'User', resource: { id: 'u' }, version: 2 };
    const event = { source: 'serverless-scim', 'detail-type': 'User Disabled', detail };
    expect([await handler(event), await handler(event)]).toEqual(['handled', 'old']);
    expect(log.mock.calls).toEqual([['Sessions of u ended.']]);
    log.mockRestore();
  });

  test('shows the events that Okta causes', async () => {
    type EventsOfOkta = () => Promise<{ kinds: readonly string[]; users: readonly object[] }>;
    const { kinds, users } = await exported<EventsOfOkta>('eventsOfOkta')();
    expect(kinds).toEqual(expect.arrayContaining(['User Created', 'User Disabled']));
    expect(users.length).toBeGreaterThan(0);
  });

  test('lets a function read, and nothing else', () => {
    const stack = new Stack(app(), 'Test');
    const code = Code.fromInline('exports.handler = () => {}');
    const people = new Lambda(stack, 'People', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code });
    exported<(scim: ScimEndpoint, people: Lambda) => void>('letRead')(new ScimEndpoint(stack, 'Scim'), people);
    const template = Template.fromStack(stack);
    const Variables = { SCIM_DEPLOYMENT: Match.anyValue() };
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.handler', Environment: { Variables } });
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const statements = policies.flatMap(([id, { Properties }]) =>
      id.startsWith('People') ? (Properties.PolicyDocument.Statement as { Action: string | string[] }[]) : [],
    );
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    expect(actions).toEqual(new Set(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']));
  });
});

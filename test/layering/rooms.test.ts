import { reachableFrom, read, sourcesOf } from './sources';

const lambda = sourcesOf('lambda');
const functions = lambda.filter(
  (file) => /^lambda\/[^/]+\.ts$/.test(file) && /^export .*\bhandler\b/m.test(read(file)),
);

test('lambda/ holds only what a function imports, types included', () => {
  expect(functions.length).toBeGreaterThan(5);
  const reached = reachableFrom(functions);
  // Code that no function needs belongs in operator/ or test/.
  expect(lambda.filter((file) => !reached.has(file))).toEqual([]);
});

test('an import is followed whether it is of values or of types, to a generated file and its declaration', () => {
  const reached = reachableFrom(['lambda/authorizer.ts']);
  expect(reached).toContain('lambda/tenants/credential-secret.ts');
  expect(reached).not.toContain('lambda/users.ts');
  expect(reachableFrom(['lambda/users.ts'])).toContain('lambda/scim/generated/validators.js');
  expect(reachableFrom(['lambda/users.ts'])).toContain('lambda/scim/generated/validators.d.ts');
});

test('the functions import lambda/ and deployment/, and nothing else', () => {
  const requests = functions.filter((file) => file !== 'lambda/portal.ts');
  const others = [...reachableFrom(requests)].filter((file) => !/^(?:lambda|deployment)\//.test(file));
  expect(others).toEqual([]);
});

test("the portal calls the operations of operator/, plays doctor's checks, and imports the types of its page", () => {
  const rooms = [...reachableFrom(['lambda/portal.ts'])].map((file) => file.split('/')[0]);
  const expected = ['deployment', 'doctor', 'lambda', 'operator', 'traffic', 'web'];
  expect([...new Set(rooms)].sort()).toEqual(expected);
  // What a command of an operator alone may do.
  expect(reachableFrom(['lambda/portal.ts'])).not.toContain('operator/tenants/delete-tenant.ts');
  expect(reachableFrom(['lambda/portal.ts'])).not.toContain('operator/directory/erase.ts');
});

const outsideStores = sourcesOf(
  'bin',
  'cli',
  'console',
  'deployment',
  'lambda',
  'lib',
  'library',
  'local',
  'operator',
  'scripts',
).filter((file) => !file.startsWith('lambda/store/') && !file.startsWith('operator/store/'));

test('only the stores send commands to DynamoDB', () => {
  const command = /import[^;]*\b\w+Command\b[^;]*from '@aws-sdk\/(?:client|lib)-dynamodb'/;
  expect(outsideStores.filter((file) => command.test(read(file)))).toEqual([]);
  expect(sourcesOf('operator/store').filter((file) => command.test(read(file)))).not.toEqual([]);
});

/** What works below the types of the SDK. */
const belowSdk = ['lambda/exchange.ts', 'scripts/lambda-json-protocol.ts'];

test('only the stores, and what works below the SDK, cast a value to a type that has nothing in common with its own', () => {
  expect(outsideStores.filter((file) => /\bas unknown as\b/.test(read(file)))).toEqual(belowSdk);
});

import fc from 'fast-check';
import type { Tenant } from '../../../lambda/tenants/tenant';
import { openMembers, openUsers } from '../../../operator/drift/file-source';
import { findTenant } from '../../../operator/tenants/provision';
import { create, type DriftStage, fileOf, startStage } from './tenant';

let stage: DriftStage;
let tenant: Tenant;

beforeAll(async () => {
  stage = await startStage();
  const access = await stage.endpoint.createTenant({ label: 'acme', profile: 'standard' });
  await create(access, 'Users', { userName: 'anna' });
  tenant = await findTenant(stage.deployment.services, 'acme');
});
afterAll(() => stage.close());

const bit = fc.constantFrom(
  ...[
    'userName',
    'login',
    'group',
    'member',
    'active',
    'id',
    'anna',
    '__proto__',
    'constructor',
    'title',
    'name',
    'emails',
  ],
  ...[
    ',',
    ';',
    '\t',
    '"',
    '""',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\ufeff',
    '\u2028',
    '\u0000',
    '\ud800',
    'true',
    '=1+1',
    '\u001b[2J',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    '"userName":"anna"',
    '{"userName":"b"}',
    '[{"profile":{"login":"c"}}]',
    '{"value":[',
    '-',
    '1e999',
  ],
  ...[
    '{"export":"serverless-scim","format":1}\n',
    '{"user":{"id":"1","resource":{"userName":"a"}}}\n',
    '{"end":{}}\n',
    'sep=;\n',
  ],
);
const content = fc.oneof(
  fc.array(bit, { maxLength: 30 }).map((bits) => Buffer.from(bits.join(''))),
  fc.array(bit, { maxLength: 30 }).map((bits) => Buffer.from(`userName,group,active\n${bits.join('')}`)),
  fc.array(bit, { maxLength: 30 }).map((bits) => Buffer.from(bits.join(''), 'utf16le')),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
);

test('whatever a file holds, it is compared, or refused with what is wrong, and nothing hangs', async () => {
  const choice = { columns: new Map<string, string>(), activeIf: [] };
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 1, max: 64 }), fc.boolean(), async (bytes, part, isMembers) => {
      const file = fileOf(bytes, { name: 'hostile.csv' }, part);
      const compare = async () => {
        const source = isMembers ? await openMembers(file, choice, 'Staff') : await openUsers(file, choice);
        return stage.compare(tenant, [source]);
      };
      const failure: unknown = await compare().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure !== undefined)
        expect(failure).toMatchObject({ name: 'OperatorError', message: expect.stringMatching(/[.?]$/) });
    }),
    { numRuns: 400 },
  );
});

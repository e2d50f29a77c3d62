import { requestRecorder } from '../../lambda/activity/record-request';
import type { RequestFacts } from '../../lambda/gateway/request-facts';
import { notFound } from '../../lambda/scim/message/error';
import type { KeptActivity } from '../../lambda/store/activity';

const facts: RequestFacts = {
  requestId: 'request-1',
  caller: { tenantId: 'aaaabbbbcccc', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' },
  origin: {},
  method: 'GET',
  route: '/{tenantId}/scim/v2/Users/{id}',
  pathId: '2819c223-7f76-453a-919d-413861904646',
  status: 404,
  started: new Date(),
  ended: new Date(),
  error: notFound('User anna@example.com was not found.'),
};

/** Records one failure in a table whose calls end like this. Resolves to the lines of the log. */
async function recordOver(send: () => Promise<unknown>): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const client = { send } as unknown as KeptActivity['client'];
  const record = requestRecorder({
    activity: { client, name: 'activity', days: 90 },
    state: () => Promise.reject(new Error('The state cannot be read.')),
    log: (line) => lines.push(line),
    deployment: 'directory',
  });
  await record(facts);
  return lines;
}

const throttled = Object.assign(new Error('slow down, anna'), { name: 'ThrottlingException' });

test.each([
  ['throttled', () => Promise.reject(throttled)],
  ['silent', () => new Promise(() => {})],
])('a table that is %s fails no request: the row is counted, and no personal value is logged', async (_name, send) => {
  const lines = await recordOver(send);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'warn',
    message: 'activity not recorded',
    requestId: 'request-1',
    rows: 1,
    DirectoryTable: 'directory',
    UnrecordedActivity: 1,
  });
  expect(JSON.stringify(lines)).not.toContain('anna@example.com');
});

test('a row that is written is not logged', async () => {
  expect(await recordOver(() => Promise.resolve({}))).toEqual([]);
});

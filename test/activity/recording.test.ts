import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { bodyPartition } from '../../lambda/activity/keys';
import { redacted } from '../../lambda/activity/redact';
import type { ActivityRow } from '../../lambda/activity/row';
import { toRow } from '../../lambda/store/activity-item';
import { tenantStateKey } from '../../lambda/store/keys';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { names } from '../../local/environment';
import { patchBody, userBody } from '../directory/requests';

let endpoint: Endpoint;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, events: true });
  client = DynamoDBDocumentClient.from(new DynamoDBClient());
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

/** What must be nowhere but where it belongs. */
const planted = {
  password: 'planted-password',
  unknown: 'planted-unknown',
  title: 'planted-title',
  token: `sst_${'a'.repeat(12)}_${'b'.repeat(12)}_${'C'.repeat(49)}`,
};

async function recordingTenant(until: string) {
  const tenant = await endpoint.createTenant({ label: `recording${until.replace(/\W/g, '')}`, profile: 'standard' });
  const Item = { ...tenantStateKey(tenant.tenantId), recordUntil: until, format: 1 };
  await client.send(new PutCommand({ TableName: names.directoryTable, Item }));
  const send = async (method: string, path: string, body?: object) => {
    const headers = { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' };
    const answer = await fetch(tenant.baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return JSON.parse((await answer.text()) || '{}') as Record<string, unknown>;
  };
  return { ...tenant, send };
}

async function bodies(tenantId: string): Promise<readonly ActivityRow[]> {
  const query = {
    TableName: names.activityTable,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': bodyPartition(tenantId) },
  };
  return ((await client.send(new QueryCommand(query))).Items ?? []).map(toRow);
}

const anna = userBody('anna', {
  title: planted.title,
  password: planted.password,
  secretCode: planted.unknown,
  nickName: `my token is ${planted.token}`,
});

test('while an operator records bodies, they are kept without passwords, tokens and what no schema knows', async () => {
  const { tenantId, send } = await recordingTenant('2099-01-01T00:00:00.000Z');
  const { id } = await send('POST', '/Users', anna);
  await send('PATCH', `/Users/${id}`, patchBody({ op: 'add', path: 'password', value: planted.password }));
  await send('PATCH', `/Users/${id}`, patchBody({ op: 'add', value: { 'urn:example:Other': planted.unknown } }));
  const rows = await bodies(tenantId);
  expect(rows.map(({ resource }) => resource?.id)).toEqual([id, id, id]);
  const text = JSON.stringify(rows);
  for (const secret of [planted.password, planted.unknown, planted.token]) expect(text).not.toContain(secret);
  const [{ personal }] = rows as [ActivityRow];
  expect(JSON.parse(String(personal?.sent))).toMatchObject({
    userName: 'anna@example.com',
    title: planted.title,
    password: '(left out)',
    secretCode: '(left out)',
  });
  expect(JSON.parse(String(personal?.answered))).toMatchObject({ id, userName: 'anna@example.com' });
});

test('after the time that the operator named, and in every other row, there is nothing of a body', async () => {
  const { tenantId, send } = await recordingTenant('2020-01-01T00:00:00.000Z');
  const { id } = await send('POST', '/Users', anna);
  await send('POST', '/Users', anna);
  await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: 'planted-title' }));
  expect(await bodies(tenantId)).toEqual([]);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: names.activityTable }));
  const own = Items.filter(({ pk }) => String(pk).startsWith(`${tenantId}#`));
  const outside = own.map(({ personal: _, ...rest }) => rest);
  expect(own.length).toBeGreaterThan(0);
  expect(JSON.stringify(outside)).not.toMatch(/planted|anna|example\.com/);
  expect(JSON.stringify(own)).not.toMatch(/planted-(?:password|unknown)|CCCC/);
});

test('a body of any size is cut at 32 KB', () => {
  const text = redacted('standard', { displayName: 'ü'.repeat(40_000) });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024 + 30);
  expect(text).toMatch(/ü… \(cut at 32 KB\)$/);
});

test.each([
  [{ Operations: [{ op: 'add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: 'x1' }] }, 'x1'],
  [{ Operations: [{ method: 'POST', path: '/Users', data: { PassWord: 'x2' } }] }, 'x2'],
  [{ name: { givenName: 'Anna', apiKey: 'x3' } }, 'x3'],
  [{ 'name.password': 'x4' }, 'x4'],
  [{ displayName: 'Authorization: Bearer x5abc' }, 'x5abc'],
  // As JSON Patch (RFC 6902) has paths, which some clients send.
  [{ Operations: [{ op: 'replace', path: '/password', value: 'x6' }] }, 'x6'],
  [{ Operations: [{ op: 'replace', path: ['password'], value: 'x7' }] }, 'x7'],
  [{ Operations: [{ op: 'replace', path: 'title', PATH: 'password', value: 'x8' }] }, 'x8'],
  [{ Operations: [{ op: 'remove', path: 'password[value eq "x9"]' }] }, 'x9'],
  [{ filter: 'userName pr and Password eq "x10"' }, 'x10'],
  [{ 'Bearer x11abc': true }, 'x11abc'],
])('%j keeps no secret', (body, secret) => {
  expect(redacted('standard', body)).not.toContain(secret);
});

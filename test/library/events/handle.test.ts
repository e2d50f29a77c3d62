import { readFileSync } from 'node:fs';
import { type EventHandlers, type EventKind, handleEvent } from '../../../library/events';
import { eventTypesFile, eventTypesModule } from '../../../scripts/event-types';

test('the types of events are those of their schemas: npm run event-types', () => {
  expect(readFileSync(eventTypesFile, 'utf8')).toBe(eventTypesModule());
});

const user = (version: number, kind: EventKind = 'User Updated', more: object = {}) => ({
  source: 'serverless-scim',
  'detail-type': kind,
  detail: { schemaVersion: '1', tenantId: 't', resourceType: 'User', resource: { id: 'anna' }, version, ...more },
});

const members = (...sequences: readonly [id: string, sequence: number][]) => ({
  source: 'serverless-scim',
  'detail-type': 'Members Added',
  detail: {
    schemaVersion: '1',
    tenantId: 't',
    group: { id: 'staff' },
    members: sequences.map(([id, sequence]) => ({ id, type: 'User', sequence: String(sequence).padStart(40, '0') })),
  },
});

/** Handlers that note what they get. */
function noting() {
  const noted: unknown[] = [];
  const handlers: EventHandlers = {
    'User Updated': ({ detail }) => noted.push(detail.version),
    'Members Added': ({ detail }) => noted.push(detail.members.map(({ id, sequence }) => `${id} ${Number(sequence)}`)),
  };
  return { noted, handlers, versions: new Map<string, string>() };
}

test('of a user, an event that is not later than the one applied last is dropped', async () => {
  const { noted, handlers, versions } = noting();
  const outcomes = [];
  for (const version of [3, 3, 2, 10, 9]) outcomes.push(await handleEvent(user(version), handlers, { versions }));
  expect(outcomes).toEqual(['handled', 'old', 'old', 'handled', 'old']);
  expect(noted).toEqual([3, 10]);
});

test('of members, each is compared on its own, and only the last of the same member counts', async () => {
  const { noted, handlers, versions } = noting();
  const outcomes = [];
  for (const event of [members(['a', 5], ['b', 5]), members(['a', 4], ['b', 6], ['b', 7]), members(['a', 5])]) {
    outcomes.push(await handleEvent(event, handlers, { versions }));
  }
  expect(outcomes).toEqual(['handled', 'handled', 'old']);
  expect(noted).toEqual([['a 5', 'b 5'], ['b 7']]);
});

test('the same id in another tenant, or of a group, has its own version', async () => {
  const { noted, handlers, versions } = noting();
  const others = [{ tenantId: 'u' }, { resourceType: 'Group' }];
  for (const more of [{}, ...others]) await handleEvent(user(3, 'User Updated', more), handlers, { versions });
  expect(noted).toEqual([3, 3, 3]);
});

test('an event is handled again if its handler failed', async () => {
  const versions = new Map<string, string>();
  const failing = { 'User Updated': () => Promise.reject(new Error('down')) };
  await expect(handleEvent(user(3), failing, { versions })).rejects.toThrow('down');
  const { noted, handlers } = noting();
  expect(await handleEvent(user(3), handlers, { versions })).toBe('handled');
  expect(noted).toEqual([3]);
});

test('an event without a version, such as that of a tenant, is never dropped', async () => {
  const noted: string[] = [];
  const handlers: EventHandlers = { 'Tenant Held': ({ detail }) => noted.push(detail.counter) };
  const detail = { schemaVersion: '1', tenantId: 't', counter: 'users' };
  const held = { source: 'serverless-scim', 'detail-type': 'Tenant Held', detail };
  const versions = new Map();
  expect(await handleEvent(held, handlers, { versions })).toBe('handled');
  expect(await handleEvent(held, handlers, { versions })).toBe('handled');
  expect(noted).toEqual(['users', 'users']);
});

test('what is for no handler is ignored', async () => {
  const { handlers, versions } = noting();
  const others = [
    user(1, 'User Created'),
    { ...user(1), source: 'aws.s3' },
    { ...user(1), 'detail-type': 'toString' },
    { ...user(1), 'detail-type': 'User Renamed' },
    { source: 'serverless-scim' },
    undefined,
    null,
    'text',
  ];
  for (const event of others) expect(await handleEvent(event, handlers, { versions })).toBe('ignored');
  expect(versions.size).toBe(0);
});

test('an event of another schema version is refused, not misread', async () => {
  const { handlers } = noting();
  for (const more of [{ schemaVersion: '2' }, { schemaVersion: undefined }, { tenantId: 7 }]) {
    await expect(handleEvent(user(1, 'User Updated', more), handlers)).rejects.toMatchObject({
      code: 'UnsupportedEvent',
      message: expect.stringContaining('update serverless-scim'),
    });
  }
});

import { randomUUID } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { writeMembers } from '../../lambda/store/memberships';
import type { BusEvent } from '../../local/event-bus';
import { userBody } from '../directory/requests';
import { openStage, type Stage } from './stage';

/** As `lib/streams.ts` has it. */
const batchSize = 1000;
const entryLimit = 256 * 1024;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.take();
  stage.events.length = 0;
  stage.messages.length = 0;
});

async function deliver(records: readonly DynamoDBRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += batchSize) {
    expect(await stage.handle(records.slice(at, at + batchSize))).toEqual([]);
  }
}

const bytesOf = ({ source, detail, 'detail-type': type }: BusEvent) =>
  Buffer.byteLength(source + type + JSON.stringify(detail));
const membersOf = ({ detail }: BusEvent) => (detail.members as { id: string }[]).map(({ id }) => id);

test('10,000 new members are one event for each batch of the stream', async () => {
  const members = Array.from({ length: 10_000 }, () => ({ value: randomUUID() }));
  await writeMembers(stage.tables, 'tlarge', randomUUID(), members, []);
  await deliver(stage.take().memberships);

  expect(stage.events).toHaveLength(10);
  for (const event of stage.events) expect(bytesOf(event)).toBeLessThan(entryLimit);
  expect(stage.events.flatMap(membersOf).sort()).toEqual(members.map(({ value }) => value).sort());
});

test('members with the longest names are cut into events that EventBridge takes', async () => {
  // A quotation mark is one byte in a userName, and two in an event.
  const named = (name: string) => `${'"'.repeat(1000)}${name}`;
  const ids = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const more = { userName: `u${named(String(index))}`, externalId: `e${named(String(index))}` };
      return String((await stage.send('tlong', 'POST', '/Users', userBody(`u${index}`, more))).id);
    }),
  );
  stage.take();
  const group = await stage.send('tlong', 'POST', '/Groups', { displayName: 'Long' });
  await writeMembers(
    stage.tables,
    'tlong',
    String(group.id),
    ids.map((value) => ({ value })),
    [],
  );
  await deliver(stage.take().memberships);

  const total = stage.events.reduce((sum, event) => sum + bytesOf(event), 0);
  expect(stage.events.length).toBeGreaterThan(1);
  expect(stage.events.length).toBeLessThanOrEqual(Math.ceil(total / 200_000));
  for (const event of stage.events) expect(bytesOf(event)).toBeLessThan(entryLimit);
  expect(stage.events.flatMap(membersOf).sort()).toEqual([...ids].sort());
  const [first] = stage.events;
  expect(first?.detail.members).toContainEqual(expect.objectContaining({ userName: expect.stringMatching(/^u"/) }));
});

test('a group created with more members than a transaction holds is created once, and looked at once more', async () => {
  const ids = await Promise.all(
    Array.from({ length: 150 }, async (_, index) =>
      String((await stage.send('tcreated', 'POST', '/Users', userBody(`u${index}`))).id),
    ),
  );
  stage.take();
  const members = ids.map((value) => ({ value }));
  const { id } = await stage.send('tcreated', 'POST', '/Groups', { displayName: 'Large', members });
  const { directory, memberships } = stage.take();
  for (const records of [directory, memberships]) expect(await stage.handle(records)).toEqual([]);

  const [created, ...added] = stage.events;
  expect(created).toMatchObject({ 'detail-type': 'Group Created', detail: { resource: { id, displayName: 'Large' } } });
  expect(added.map((event) => event['detail-type'])).toEqual(['Members Added']);
  expect(added.flatMap(membersOf).sort()).toEqual([...ids].sort());
  expect(stage.messages.map((message) => JSON.parse(message))).toEqual([{ tenantId: 'tcreated', type: 'Group', id }]);
  // No sweep has deleted the marked memberships.
  const group = await stage.send('tcreated', 'GET', `/Groups/${String(id)}`);
  expect(group.members).toHaveLength(150);
});

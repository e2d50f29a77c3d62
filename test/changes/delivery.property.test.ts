import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import type { BusEvent } from '../../local/event-bus';
import { factsOf, playScenario, type Scenario } from './scenario';
import { openStage, type Stage } from './stage';

let stage: Stage;
let scenario: Scenario;
let once: readonly BusEvent[];

beforeAll(async () => {
  stage = await openStage();
  scenario = await playScenario(stage);
  once = await deliver([scenario.directory, scenario.memberships]);
});
afterAll(() => stage.close());

/** Passes batches to the function. Returns all events that it publishes. */
async function deliver(batches: readonly (readonly DynamoDBRecord[])[]): Promise<readonly BusEvent[]> {
  stage.events.length = 0;
  for (const batch of batches) expect(await stage.handle(batch)).toEqual([]);
  return [...stage.events];
}

const idsOf = (events: readonly BusEvent[]) => [...new Set(events.map(({ detail }) => detail.id))].sort();

test('the same batch makes the same events, ids included', async () => {
  const again = await deliver([scenario.directory, scenario.memberships]);
  expect(idsOf(again)).toEqual(idsOf(once));
  expect(new Set(once.map(({ detail }) => detail.id)).size).toBe(once.length);
});

test('records that are repeated, out of order or in other batches give the same result', async () => {
  const records = [...scenario.directory, ...scenario.memberships];
  const order = fc
    .shuffledSubarray(records, { minLength: records.length })
    .chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(records), fc.integer({ min: 1, max: records.length })),
    );
  await fc.assert(
    fc.asyncProperty(order, async ([all, repeated, size]) => {
      const mixed = [...all, ...repeated];
      const batches = Array.from({ length: Math.ceil(mixed.length / size) }, (_, at) =>
        mixed.slice(at * size, (at + 1) * size),
      );
      const events = await deliver(batches);
      expect(factsOf(events, scenario.tenantId)).toEqual(factsOf(once, scenario.tenantId));
      // A resource's event is made of one record, so its id never changes.
      const isOfResource = ({ detail }: BusEvent) => detail.resource !== undefined;
      expect(idsOf(events.filter(isOfResource))).toEqual(idsOf(once.filter(isOfResource)));
    }),
    { numRuns: 25 },
  );
});

test('versions and sequences put shuffled events in order', async () => {
  const events = await deliver([[...scenario.directory].reverse(), [...scenario.memberships].reverse()]);
  const versions = new Map<unknown, { version: number; type: string }>();
  const members = new Map<string, { sequence: string; type: string }>();
  for (const { 'detail-type': type, detail } of events) {
    const { resource, group, version } = detail as {
      resource?: { id: string };
      group: { id: string };
      version: number;
    };
    if (resource && version > (versions.get(resource.id)?.version ?? 0)) versions.set(resource.id, { version, type });
    for (const { id, sequence } of (detail.members ?? []) as { id: string; sequence: string }[]) {
      const key = `${group.id} ${id}`;
      if (sequence > (members.get(key)?.sequence ?? '')) members.set(key, { sequence, type });
    }
  }
  const count = (values: Iterable<{ type: string }>, type: string) =>
    [...values].filter((value) => value.type === type).length;
  expect(count(versions.values(), 'User Deleted')).toBe(1);
  expect(count(versions.values(), 'Group Deleted')).toBe(1);
  // Anna, who left and came back, ben, dora and the restored fay are in the group; cleo and the inner group are deleted.
  // Dora is in the restored group too.
  expect(count(members.values(), 'Members Added')).toBe(5);
});

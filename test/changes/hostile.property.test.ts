import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { readChange } from '../../lambda/changes/change';
import { type ChangeEvent, entryBytes, maxEntryBytes } from '../../lambda/changes/event';
import { membersEvents } from '../../lambda/changes/members-events';
import { resourceEvent } from '../../lambda/changes/resource-event';

const names = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'active', 'resource', 'userName', ''), fc.string());

/** Attribute values, valid and invalid. */
const { value } = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      { BOOL: false },
      { NULL: true },
      { N: '1' },
      { N: 'x' },
      { B: 'AA==' },
      { SS: ['a'] },
      {},
      null,
      7,
      'x',
    ),
    fc.string({ unit: 'binary' }).map((S) => ({ S })),
    fc.double().map((number) => ({ N: String(number) })),
    fc.array(tie('value'), { maxLength: 3 }).map((L) => ({ L })),
    tie('map').map((M) => ({ M })),
  ),
  map: fc.dictionary(names, tie('value'), { maxKeys: 4 }),
}));

/** Mostly a valid value, sometimes another one. */
const mostly = (right: readonly unknown[], ...wrong: readonly fc.Arbitrary<unknown>[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...right) }, ...wrong);
const texts = (...values: string[]) => values.map((S) => ({ S }));

const image = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      resource: fc.oneof(
        { weight: 12, arbitrary: fc.dictionary(names, value, { maxKeys: 3 }).map((M) => ({ M })) },
        value,
      ),
      format: mostly([{ N: '1' }], fc.constantFrom({ N: '2' }, { S: '1' })),
      version: mostly([{ N: '3' }], fc.constantFrom({ N: '-1' }, { N: '1e400' })),
      created: mostly(texts('2026-11-24T07:00:00.000Z', ''), value),
      modified: mostly(texts('2026-11-24T07:00:00.000Z', ''), value),
      type: mostly(texts('Group', 'User', 'Robot'), value),
    }),
  },
  fc.dictionary(names, value, { maxKeys: 4 }),
  fc.constant(undefined),
);
const record = fc.record({
  eventID: mostly(['e'], fc.constant(undefined)),
  eventName: mostly(['INSERT', 'MODIFY', 'REMOVE'], fc.constantFrom('OTHER', undefined)),
  dynamodb: fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        Keys: fc.oneof(
          {
            weight: 12,
            arbitrary: fc.record({ pk: mostly(texts('t#USER', 't#GROUP'), value), sk: mostly(texts('id'), value) }),
          },
          {
            weight: 4,
            arbitrary: fc.record({
              group: mostly(texts('t#g', 'g', '#', 't#g#x', ''), value),
              member: mostly(texts('t#u'), fc.constantFrom(...texts('o#u', ''))),
            }),
          },
          fc.dictionary(names, value, { maxKeys: 2 }),
        ),
        OldImage: image,
        NewImage: image,
        SequenceNumber: mostly(['1', '000012'], fc.constantFrom('', 'x', '9'.repeat(41), undefined)),
        ApproximateCreationDateTime: mostly([1.7e9], fc.double(), fc.constant(undefined)),
      }),
    },
    fc.constant(undefined),
  ),
});

/** The events of a single record. @throws what the function would throw */
function eventsOf(hostile: DynamoDBRecord, values: boolean): readonly ChangeEvent[] {
  const change = readChange(hostile);
  if (change?.kind === 'membership') return membersEvents([change], new Map(), new Map());
  const event = change && resourceEvent(change, values);
  return event ? [event] : [];
}

test('a record makes an event, or none, or an error of our own', () => {
  const counts = { events: 0, errors: 0 };
  const check = (hostile: unknown, values: boolean) => {
    try {
      for (const { detailType, detail } of eventsOf(hostile as DynamoDBRecord, values)) {
        counts.events += 1;
        expect(entryBytes(detailType, detail)).toBeLessThanOrEqual(maxEntryBytes);
        expect(JSON.parse(JSON.stringify(detail))).toMatchObject({ schemaVersion: '1', tenantId: 't' });
      }
    } catch (error) {
      counts.errors += 1;
      expect(String(error)).toMatch(/^(?:Error|UnreadableItem): .*cannot be (?:read|published)/s);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  };
  fc.assert(fc.property(record, fc.boolean(), check), { numRuns: 2000 });
  expect(counts.events).toBeGreaterThan(100);
  expect(counts.errors).toBeGreaterThan(100);
});

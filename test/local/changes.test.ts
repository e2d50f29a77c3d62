import type { DynamoDBRecord } from 'aws-lambda';
import { followStreams } from '../../local/changes';
import type { Engine } from '../../local/engine/engine';
import type { RecordFilter } from '../../local/engine/streams';
import { playScenario } from '../changes/scenario';
import { openStage, type Stage } from '../changes/stage';
import { resources, synthesize } from '../lib/synthesize';

interface Followed {
  readonly wants: RecordFilter;
  readonly batchSize: number | undefined;
  readonly window: number | undefined;
}

/** The calls of the local endpoint to its engine, by table. */
function followed(events: boolean): ReadonlyMap<string, Followed> {
  const result = new Map<string, Followed>();
  const subscribe: Engine['subscribe'] = (table, _handle, { wants = () => true, batchSize, window } = {}) => {
    result.set(table, { wants, batchSize, window });
    return { wake: () => {}, hurry: () => {}, close: () => Promise.resolve() };
  };
  const changes = { name: 'changes', timeout: 1, handler: () => Promise.resolve() };
  followStreams({ subscribe } as Engine, changes, events);
  return result;
}

type Pattern = { readonly [name: string]: Pattern } | readonly (string | { readonly exists: boolean })[];

/** Whether a filter of an event source lets something through (the parts of EventBridge's patterns that `lib` uses). */
function matches(pattern: Pattern, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    return pattern.some((each) => (typeof each === 'string' ? each === value : each.exists === (value !== undefined)));
  }
  const members = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(pattern as { [name: string]: Pattern }).every(([name, inner]) => matches(inner, members[name]));
}

interface Mapping {
  readonly BatchSize: number;
  readonly MaximumBatchingWindowInSeconds: number;
  readonly FilterCriteria: { readonly Filters: readonly { readonly Pattern: string }[] };
}

const deployed = [...resources(synthesize(), 'AWS::Lambda::EventSourceMapping').values()]
  .map(({ Properties }) => Properties as unknown as Mapping)
  .filter(({ FilterCriteria }) => FilterCriteria !== undefined)
  .map(({ BatchSize, FilterCriteria, MaximumBatchingWindowInSeconds: seconds }) => ({
    batchSize: BatchSize,
    window: seconds * 1000,
    patterns: FilterCriteria.Filters.map(({ Pattern: text }) => JSON.parse(text) as Pattern),
  }));

let stage: Stage;
let records: Readonly<Record<string, readonly DynamoDBRecord[]>>;
beforeAll(async () => {
  stage = await openStage();
  const { directory, memberships } = await playScenario(stage);
  const mark = { pk: { S: 't#DELETED' }, sk: { S: 'x' } };
  const creating = { ...mark, creating: { S: '2026-11-24T07:00:00.000Z' }, type: { S: 'Group' } };
  const marks: DynamoDBRecord[] = [
    { eventName: 'INSERT', dynamodb: { Keys: mark, NewImage: creating } },
    { eventName: 'MODIFY', dynamodb: { Keys: mark, OldImage: creating, NewImage: creating } },
    { eventName: 'REMOVE', dynamodb: { Keys: mark, OldImage: creating } },
  ];
  const tombstone = { pk: { S: 't#TOMBSTONE' }, sk: { S: 'x' } };
  const expired: DynamoDBRecord = { eventName: 'REMOVE', dynamodb: { Keys: tombstone, OldImage: tombstone } };
  records = {
    directory: [...directory, ...marks, expired],
    memberships: [...memberships, { eventName: 'MODIFY', dynamodb: {} }],
  };
});
afterAll(() => stage.close());

test.each(['directory', 'memberships'])('the stream of the %s delivers what the deployed one does', (table) => {
  const local = followed(true).get(table);
  const own = records[table] ?? [];
  const delivered = own.filter((record) => local?.wants(record));
  const same = deployed.filter(({ patterns }) => {
    const through = own.filter((record) => patterns.some((pattern) => matches(pattern, record)));
    return JSON.stringify(through) === JSON.stringify(delivered);
  });
  expect(delivered.length).toBeGreaterThan(5);
  expect(delivered.length).toBeLessThan(own.length);
  expect(same.map(({ batchSize }) => batchSize)).toEqual([local?.batchSize ?? 100]);
  // Records gather here, too, though not as long.
  expect(local?.window).toBeGreaterThan(0);
  expect(same.every(({ window }) => window >= (local?.window ?? 0))).toBe(true);
});

test('without events only what the function must act upon is delivered', () => {
  const local = followed(false);
  expect([...local.keys()]).toEqual(['directory']);
  const delivered = (records.directory ?? []).filter((record) => local.get('directory')?.wants(record));
  expect(delivered.map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys?.pk?.S?.split('#')[1]])).toEqual([
    ['REMOVE', 'USER'],
    ['REMOVE', 'GROUP'],
    ['REMOVE', 'USER'],
    ['REMOVE', 'GROUP'],
    // The marks of two restorations, and that of a creation.
    ['INSERT', 'DELETED'],
    ['INSERT', 'DELETED'],
    ['INSERT', 'DELETED'],
  ]);
});

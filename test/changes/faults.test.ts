import type { DynamoDBRecord } from 'aws-lambda';
import { crashing } from './crashing';
import poison from './poison.json';
import { factsOf, playScenario, type Scenario } from './scenario';
import { followShard } from './shard';
import { openStage, type Stage } from './stage';

let stage: Stage;
let scenario: Scenario;
let facts: readonly string[];
let logged: string;
const names = /anna|ben|cleo|dora|emil|fay|Spare|example\.com|Staff|People|Other/;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  // Records that were cut off in the middle fail now.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await stage.close();
  jest.restoreAllMocks();
});

beforeEach(async () => {
  logged = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    logged += String(chunk);
    return true;
  });
  stage.fault = () => undefined;
  stage.refuse = () => undefined;
  scenario = await playScenario(stage);
  for (const records of [scenario.directory, scenario.memberships]) expect(await stage.handle(records)).toEqual([]);
  facts = factsOf(stage.events, scenario.tenantId);
  stage.events.length = 0;
  stage.messages.length = 0;
});

afterEach(() => {
  jest.restoreAllMocks();
  expect(logged).not.toMatch(names);
});

const sequenceOf = ({ dynamodb }: DynamoDBRecord) => dynamodb?.SequenceNumber ?? '';
const published = () => factsOf(stage.events, scenario.tenantId);

test('the events contain everything that happened in the scenario', () => {
  const types = facts.map((fact) => fact.split(' ').slice(0, 2).join(' '));
  expect(
    Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((each) => each === type).length])),
  ).toEqual({
    'User Created': 6,
    'User Updated': 1,
    'User Disabled': 1,
    'User Enabled': 1,
    'User Deleted': 2,
    'User Restored': 1,
    'Group Created': 3,
    'Group Updated': 1,
    'Group Deleted': 2,
    'Group Restored': 1,
    'Members Added': 10,
    'Members Removed': 5,
  });
});

describe('a bus that is down', () => {
  it('has every record with an event come again, and holds up no sweep', async () => {
    stage.fault = (operation) => (operation === 'PutEvents' ? 'down' : undefined);
    const failed = await stage.handle(scenario.directory);
    expect(failed).toHaveLength(facts.filter((fact) => !fact.startsWith('Members')).length);
    expect(published()).toEqual([]);
    expect(stage.messages.map((message) => JSON.parse(message).type).sort()).toEqual([
      ...['Group', 'Group', 'Group'],
      ...['User', 'User', 'User'],
    ]);

    stage.fault = () => undefined;
    await stage.handle(scenario.directory.filter((record) => sequenceOf(record) >= (failed[0] ?? '')));
    await stage.handle(scenario.memberships);
    expect(published()).toEqual(facts);
  });

  it('that never responds does not delay sweeps, and the call times out long before the function does', async () => {
    stage.fault = (operation) => (operation === 'PutEvents' ? 'silent' : undefined);
    const ended = jest.fn();
    const handled = stage.handle(scenario.directory);
    handled.then(ended, ended);
    while (stage.messages.length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(ended).not.toHaveBeenCalled();
    // Three attempts, each of which waits five seconds.
    expect(await handled).toHaveLength(facts.filter((fact) => !fact.startsWith('Members')).length);
  });

  it('does not lose members whose names cannot be read', async () => {
    stage.fault = (operation) => (operation === 'BatchGetItem' ? 'down' : undefined);
    expect(await stage.handle(scenario.memberships)).toEqual(scenario.memberships.map(sequenceOf));
    stage.fault = () => undefined;
    expect(await stage.handle(scenario.memberships)).toEqual([]);
    expect(published()).toEqual(facts.filter((fact) => fact.startsWith('Members')));
  });
});

describe('a bus that refuses some entries', () => {
  it('has their records come again, and no others', async () => {
    stage.refuse = ({ DetailType }) => (DetailType === 'User Disabled' ? 'InternalFailure' : undefined);
    const failed = await stage.handle(scenario.directory);
    const disabled = scenario.directory.filter(
      ({ dynamodb }) => dynamodb?.NewImage?.resource?.M?.active?.BOOL === false,
    );
    expect(failed).toEqual(disabled.map(sequenceOf));
    expect(logged).toContain('EventBridge refused 1 events: InternalFailure.');
    expect(published()).toEqual(facts.filter((fact) => !/^Members|^User Disabled/.test(fact)));

    stage.refuse = () => undefined;
    expect(await stage.handle(disabled)).toEqual([]);
    expect(published()).toEqual(facts.filter((fact) => !fact.startsWith('Members')));
  });

  it('is asked again at once', async () => {
    const refused = new Set<unknown>();
    stage.refuse = ({ detail }) => (refused.size === refused.add(detail.id).size ? undefined : 'ThrottlingException');
    expect(await stage.handle(scenario.directory)).toEqual([]);
    expect(published()).toEqual(facts.filter((fact) => !fact.startsWith('Members')));
  });
});

/** A copy of a record, with a value at a path, or nothing there. */
function spoil(record: DynamoDBRecord, path: string, value: unknown): DynamoDBRecord {
  const copy = structuredClone(record);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.reduce(
    (object, step) => object[step] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

describe.each(poison as readonly { name: string; path: string; value?: unknown }[])(
  'a record with $name',
  ({ path, value }) => {
    it('fails alone, wherever it stands', async () => {
      const written = scenario.directory.filter(({ dynamodb }) => dynamodb?.NewImage?.modifiedShard);
      const changing = written.filter(({ eventName }) => eventName === 'INSERT');
      for (const at of [0, 3, changing.length - 1]) {
        stage.events.length = 0;
        const batch = changing.map((record, index) => (index === at ? spoil(record, path, value) : record));
        expect(await stage.handle(batch)).toEqual([sequenceOf(changing[at] as DynamoDBRecord)]);
        expect(published()).toHaveLength(changing.length - 1);
      }
    });

    it.each([true, false])('does not block the shard (divided batches: %s)', async (bisect) => {
      const index = scenario.directory.findIndex(({ dynamodb }) => dynamodb?.NewImage?.modifiedShard);
      const spoilt = spoil(scenario.directory[index] as DynamoDBRecord, path, value);
      const records = scenario.directory.with(index, spoilt);
      const givenUp = await followShard(records, stage.handle, { batchSize: 20, retries: 6, bisect });
      expect(givenUp).toContain(spoilt);
      if (bisect) expect(givenUp).toEqual([spoilt]);
      expect(published()).toHaveLength(facts.filter((fact) => !fact.startsWith('Members')).length - 1);
    });
  },
);

test('without its sequence number a record makes the whole batch come again, until it is alone', async () => {
  const [first, ...others] = scenario.memberships;
  const spoilt = spoil(first as DynamoDBRecord, 'dynamodb.SequenceNumber', undefined);
  const givenUp = await followShard([spoilt, ...others], stage.handle, { batchSize: 100, retries: 10, bisect: true });
  expect(givenUp).toEqual([spoilt]);
  expect(published()).toHaveLength(facts.filter((fact) => fact.startsWith('Members')).length - 1);
});

describe.each(['directory', 'memberships'] as const)(
  'the function ends in the middle of a batch of the %s',
  (table) => {
    it.each([true, false])('and every event is published (divided batches: %s)', async (bisect) => {
      const expected = facts.filter((fact) => fact.startsWith('Members') === (table === 'memberships'));
      for (let at = 1; ; at++) {
        stage.events.length = 0;
        const { invoke, crashed } = crashing(stage, at);
        expect(await followShard(scenario[table], invoke, { batchSize: 100, retries: 10, bisect })).toEqual([]);
        expect(published()).toEqual(expected);
        if (!crashed()) break;
        expect(at).toBeLessThan(100);
      }
    });
  },
);

test.each(['directory', 'memberships'] as const)(
  'the function ends after any record of a batch of the %s, and every event is published',
  async (table) => {
    const records = scenario[table];
    const expected = facts.filter((fact) => fact.startsWith('Members') === (table === 'memberships'));
    for (let handled = 0; handled <= records.length; handled++) {
      stage.events.length = 0;
      await stage.handle(records.slice(0, handled));
      await stage.handle(records);
      expect(published()).toEqual(expected);
    }
  },
);

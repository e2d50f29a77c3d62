import { type Database, openDatabase } from '../../../local/engine/database';
import { type Body, type Item, keyOf, openThings, type Things, thing } from './things';

let things: Things;

beforeEach(async () => {
  things = await openThings();
});

afterEach(() => things.engine.close());

const numbered = (n: number) =>
  thing('a', String(n).padStart(4, '0'), { colour: { S: 'red' }, weight: { N: String(n) } });

describe('a write whose condition does not hold', () => {
  const failing: [operation: string, body: Body][] = [
    ['PutItem', { Item: thing('a', '1'), ConditionExpression: 'attribute_not_exists(pk)' }],
    ['DeleteItem', { Key: thing('a', '1'), ConditionExpression: 'attribute_not_exists(pk)' }],
    ['UpdateItem', { Key: thing('a', '1'), UpdateExpression: 'REMOVE n', ConditionExpression: 'n = m' }],
  ];

  it.each(failing)('%s returns the item on request', async (operation, body) => {
    const present = thing('a', '1', { n: { N: '1' } });
    await things.put(present);
    const request = { TableName: 'things', ...body };

    const told = await things.send(operation, { ...request, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
    expect(told.body.__type).toMatch(/#ConditionalCheckFailedException$/);
    expect(told.body.Item).toEqual(present);
    expect((await things.send(operation, request)).body).not.toHaveProperty('Item');
    expect(await things.items()).toEqual([present]);
  });

  it('is refused when it asks for something else', async () => {
    const body = { TableName: 'things', Item: thing('a', '1'), ReturnValuesOnConditionCheckFailure: 'ALL_NEW' };
    expect((await things.send('PutItem', body)).body.__type).toMatch(/#ValidationException$/);
  });
});

describe('Query', () => {
  const query = async (more: Body) => {
    const { Items, LastEvaluatedKey } = await things.call('Query', { TableName: 'things', ...more });
    return { found: (Items as Item[]).map(({ sk }) => Number(sk?.S)), last: LastEvaluatedKey as Item | undefined };
  };
  const inA: Body = { KeyConditionExpression: 'pk = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
  const ranges: [condition: string, found: number[]][] = [
    ['sk = :x', [3]],
    ['sk < :x', [0, 1, 2]],
    ['sk <= :x', [0, 1, 2, 3]],
    ['sk > :x', [4, 5]],
    ['sk >= :x', [3, 4, 5]],
    ['sk BETWEEN :x AND :x', [3]],
    ['begins_with(sk, :x)', [3]],
  ];

  beforeEach(async () => {
    for (const n of [5, 3, 1, 0, 2, 4]) await things.put(numbered(n));
    await things.put(thing('aa', '0003'), thing('b', '0003'));
  });

  it.each(ranges)('finds %s', async (condition, found) => {
    const values = { ':a': { S: 'a' }, ':x': { S: '0003' } };
    const more = { KeyConditionExpression: `pk = :a AND ${condition}`, ExpressionAttributeValues: values };
    expect((await query(more)).found).toEqual(found);
  });

  it.each([true, false])('pages through a partition (forward: %s)', async (ScanIndexForward) => {
    const pages: number[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await query({ ...inA, ScanIndexForward, Limit: 2, ...(ExclusiveStartKey && { ExclusiveStartKey }) });
      expect(page.found.length).toBeLessThanOrEqual(2);
      pages.push(...page.found);
      ExclusiveStartKey = page.last;
    } while (ExclusiveStartKey);
    expect(pages).toEqual(ScanIndexForward ? [0, 1, 2, 3, 4, 5] : [5, 4, 3, 2, 1, 0]);
  });

  it('follows an index in the order of its numbers', async () => {
    await things.put(numbered(10), numbered(9));
    await things.call('DeleteItem', { TableName: 'things', Key: thing('a', '0001') });
    const more = {
      IndexName: 'byColour',
      KeyConditionExpression: 'colour = :red AND weight >= :two',
      ExpressionAttributeValues: { ':red': { S: 'red' }, ':two': { N: '2' } },
    };
    expect((await query(more)).found).toEqual([2, 3, 4, 5, 9, 10]);
  });

  it('says what it consumed', async () => {
    const { ConsumedCapacity } = await things.call('Query', {
      TableName: 'things',
      ...inA,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(ConsumedCapacity).toEqual({ TableName: 'things', CapacityUnits: 1 });
  });
});

describe('tables', () => {
  it('are read from the database once', async () => {
    const database = await openDatabase(undefined);
    const first = await openThings({ database });
    const read: string[] = [];
    const counting: Database = {
      ...database,
      get(key) {
        read.push(key);
        return database.get(key);
      },
    };
    const second = await openThings({ database: counting });
    await second.call('TransactWriteItems', {
      TransactItems: ['1', '2'].map((sk) => ({ Put: { TableName: 'things', Item: thing('a', sk) } })),
    });
    await second.call('UpdateItem', { TableName: 'things', Key: thing('a', '1'), UpdateExpression: 'REMOVE absent' });
    expect(await second.items()).toEqual([thing('a', '1'), thing('a', '2')]);
    expect(read.filter((key) => key.startsWith('table/'))).toEqual([]);
    expect(read.filter((key) => key.startsWith('item/'))).toHaveLength(3);
    await first.engine.close();
  });

  it('are active at once', async () => {
    await things.put(numbered(1));
    const { Table } = await things.call('DescribeTable', { TableName: 'things' });
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] });
  });

  it('keep apart what names that begin alike would mix', async () => {
    const { Table } = await things.call('DescribeTable', { TableName: 'things' });
    const { KeySchema, AttributeDefinitions } = Table as Body;
    await things.call('CreateTable', {
      TableName: 'things-2',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema,
      AttributeDefinitions: (AttributeDefinitions as Body[]).slice(0, 2),
    });
    await things.put(numbered(1));
    await things.call('PutItem', { TableName: 'things-2', Item: thing('a', '2') });
    expect((await things.items()).map(keyOf)).toEqual(['a/0001']);
  });
});

describe('a request that is none', () => {
  const requests: [target: string, body: unknown, type: string][] = [
    ['DynamoDB_20120810.DeleteTable', {}, 'UnknownOperationException'],
    ['DynamoDB_20111205.GetItem', {}, 'UnknownOperationException'],
    ['DynamoDB_20120810.__proto__', {}, 'UnknownOperationException'],
    ['DynamoDB_20120810.GetItem', [], 'SerializationException'],
    ['DynamoDB_20120810.GetItem', null, 'SerializationException'],
    ['DynamoDB_20120810.GetItem', { TableName: 'things' }, 'ValidationException'],
    ['DynamoDB_20120810.PutItem', { TableName: 'things', Item: 'a' }, 'SerializationException'],
  ];

  it.each(requests)('%s %j returns %s', async (target, body, type) => {
    const reply = await things.engine.call(target, body);
    expect(reply.status).toBe(400);
    expect((reply.body as Body).__type).toMatch(new RegExp(`#${type}$`));
  });
});

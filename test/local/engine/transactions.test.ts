import { type Body, type Item, openThings, type Things, thing } from './things';
import cases from './transactions.json';

let things: Things;
let now = 1_000_000;

beforeEach(async () => {
  now = 1_000_000;
  things = await openThings({ now: () => now });
});

afterEach(() => things.engine.close());

describe('TransactWriteItems', () => {
  it.each(cases)('$name', async ({ given, members, reasons, error, then }) => {
    await things.put(...given.map(toItem));

    const reply = await things.send('TransactWriteItems', { TransactItems: members.map(toMember) });

    expect(reply.status).toBe(reasons || error ? 400 : 200);
    expect(reply.body.CancellationReasons).toEqual(reasons);
    if (reasons) expect(reply.body.message).toContain(`[${reasons.map(({ Code }) => Code).join(', ')}]`);
    if (error) {
      expect(reply.body.__type).toMatch(new RegExp(`#${error.type}$`));
      expect(reply.body.message).toContain(error.message);
    }
    expect(await things.items()).toEqual(then.map(toItem));
  });

  it('takes 100 members and refuses 101', async () => {
    const puts = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ Put: { TableName: 'things', Item: thing('a', `${index}`) } }));

    expect((await things.send('TransactWriteItems', { TransactItems: puts(101) })).body.message).toContain(
      'length less than or equal to 100',
    );
    expect(await things.items()).toHaveLength(0);
    await things.call('TransactWriteItems', { TransactItems: puts(100) });
    expect(await things.items()).toHaveLength(100);
  });

  it('keeps indexes in step', async () => {
    await things.put(thing('a', '1', { colour: { S: 'red' }, weight: { N: '1' } }));
    await things.call('TransactWriteItems', {
      TransactItems: [
        { Delete: { TableName: 'things', Key: thing('a', '1') } },
        { Put: { TableName: 'things', Item: thing('a', '2', { colour: { S: 'red' }, weight: { N: '2' } }) } },
      ],
    });

    const { Items } = await things.call('Query', {
      TableName: 'things',
      IndexName: 'byColour',
      KeyConditionExpression: 'colour = :red',
      ExpressionAttributeValues: { ':red': { S: 'red' } },
    });
    expect(Items).toEqual([thing('a', '2', { colour: { S: 'red' }, weight: { N: '2' } })]);
  });

  it('consumes twice the units of its members, table by table', async () => {
    const large = thing('a', '1', { text: { S: 'x'.repeat(1500) } });
    const { ConsumedCapacity } = await things.call('TransactWriteItems', {
      ReturnConsumedCapacity: 'TOTAL',
      TransactItems: [
        { Put: { TableName: 'things', Item: large } },
        { Delete: { TableName: 'things', Key: thing('a', '2') } },
      ],
    });
    expect(ConsumedCapacity).toEqual([{ TableName: 'things', CapacityUnits: 6 }]);
  });

  it('lets one of 64 racing creators win', async () => {
    const create = (creator: number) =>
      things.send('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: 'things', Item: thing('user', `${creator}`) } },
          { Put: { TableName: 'things', Item: thing('name', 'x'), ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      });

    const replies = await Promise.all(Array.from({ length: 64 }, (_, creator) => create(creator)));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    const codes = replies.flatMap(({ body }) => (body.CancellationReasons as { Code: string }[] | undefined) ?? []);
    expect(codes.filter(({ Code }) => Code === 'ConditionalCheckFailed')).toHaveLength(63);
    expect(await things.items()).toHaveLength(2);
  });
});

describe('a client request token', () => {
  const increment = (by: string): Body => ({
    ClientRequestToken: 'token',
    TransactItems: [
      {
        Update: {
          TableName: 'things',
          Key: thing('a', '1'),
          UpdateExpression: 'ADD n :by',
          ExpressionAttributeValues: { ':by': { N: by } },
        },
      },
    ],
  });
  const count = async () => (await things.items())[0]?.n?.N;
  const minutes = 60_000;

  it('makes a repetition harmless for ten minutes', async () => {
    await things.call('TransactWriteItems', increment('1'));
    now += 9 * minutes;
    await things.call('TransactWriteItems', { ...increment('1'), ReturnConsumedCapacity: 'TOTAL' });
    expect(await count()).toBe('1');
    now += 1 * minutes;
    await things.call('TransactWriteItems', increment('1'));
    expect(await count()).toBe('2');
  });

  it('is refused with other parameters', async () => {
    await things.call('TransactWriteItems', increment('1'));
    const { body } = await things.send('TransactWriteItems', increment('2'));
    expect(body.__type).toMatch(/#IdempotentParameterMismatchException$/);
    expect(await count()).toBe('1');
  });

  it('is free again after a transaction that was cancelled', async () => {
    const create = {
      ClientRequestToken: 'token',
      TransactItems: [
        { Put: { TableName: 'things', Item: thing('a', '1'), ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    };
    await things.put(thing('a', '1'));
    expect((await things.send('TransactWriteItems', create)).status).toBe(400);
    await things.call('DeleteItem', { TableName: 'things', Key: thing('a', '1') });
    await things.call('TransactWriteItems', create);
    expect(await things.items()).toEqual([thing('a', '1')]);
  });
});

type Plain = Record<string, string | number>;
type PlainMember = Record<string, Body & { Item?: Plain; Key?: string[] }>;

/** `{ pk: "a", n: 1 }` as an item. */
function toItem(plain: object): Item {
  const entries = Object.entries(plain as Plain);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'number' ? { N: String(value) } : { S: value }]),
  );
}

/** An action from the table of cases, with its table and its full item or key. */
function toMember(plain: object): Body {
  const members = Object.entries(plain as PlainMember).map(([kind, { Item, Key, ...rest }]) => {
    const [pk = '', sk = ''] = Key ?? [];
    return [
      kind,
      { TableName: 'things', ...rest, ...(Item ? { Item: toItem(Item) } : {}), ...(Key ? { Key: thing(pk, sk) } : {}) },
    ];
  });
  return Object.fromEntries(members);
}

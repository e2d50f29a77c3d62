import type { DynamoDBRecord } from 'aws-lambda';
import { openThings, type Things, thing } from './things';

let things: Things;
let received: DynamoDBRecord[];

beforeEach(async () => {
  things = await openThings();
  received = [];
});

afterEach(() => things.engine.close());

const receive = (records: readonly DynamoDBRecord[]): Promise<undefined> => {
  received.push(...records);
  return Promise.resolve(undefined);
};

const settle = async (count: number) => {
  while (received.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
};

const events = () => received.map(({ eventName, dynamodb = {} }) => [eventName, dynamodb.OldImage, dynamodb.NewImage]);

describe('the stream of a table', () => {
  it('delivers every change with the images before and after, in order', async () => {
    things.engine.subscribe('things', receive);
    const [first, second] = [thing('a', '1', { n: { N: '1' } }), thing('a', '1', { n: { N: '2' } })];
    await things.put(first, second);
    await things.call('DeleteItem', { TableName: 'things', Key: thing('a', '1') });
    await settle(3);

    expect(events()).toEqual([
      ['INSERT', undefined, first],
      ['MODIFY', first, second],
      ['REMOVE', second, undefined],
    ]);
    const numbers = received.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect(numbers).toEqual([...new Set(numbers)].sort());
    for (const { dynamodb } of received) expect(dynamodb?.Keys).toEqual(thing('a', '1'));
  });

  it('says nothing of a write that changes nothing', async () => {
    await things.put(thing('a', '1', { map: { M: { x: { S: '1' }, y: { S: '2' } } } }));
    things.engine.subscribe('things', receive);

    await things.put(thing('a', '1', { map: { M: { y: { S: '2' }, x: { S: '1' } } } }));
    await things.call('DeleteItem', { TableName: 'things', Key: thing('a', '2') });
    await things.call('UpdateItem', {
      TableName: 'things',
      Key: thing('a', '1'),
      UpdateExpression: 'REMOVE absent',
    });
    await things.put(thing('b', '1'));
    await settle(1);

    expect(events()).toEqual([['INSERT', undefined, thing('b', '1')]]);
  });

  it('delivers every item of a transaction and of a batch, but not a condition check', async () => {
    await things.put(thing('c', '1'));
    things.engine.subscribe('things', receive);
    await things.call('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'things', Item: thing('a', '1') } },
        { Put: { TableName: 'things', Item: thing('a', '2') } },
        { ConditionCheck: { TableName: 'things', Key: thing('c', '1'), ConditionExpression: 'attribute_exists(pk)' } },
      ],
    });
    await things.call('BatchWriteItem', {
      RequestItems: {
        things: [{ PutRequest: { Item: thing('a', '3') } }, { DeleteRequest: { Key: thing('a', '1') } }],
      },
    });
    await settle(4);

    expect(events().map(([name, before, after]) => [name, before ?? after])).toEqual([
      ['INSERT', thing('a', '1')],
      ['INSERT', thing('a', '2')],
      ['INSERT', thing('a', '3')],
      ['REMOVE', thing('a', '1')],
    ]);
  });

  it('hands over no more at once than fits into an event of Lambda', async () => {
    const large = Array.from({ length: 30 }, (_, at) => thing('a', String(at), { text: { S: 'x'.repeat(300_000) } }));
    await things.put(...large);
    const sizes: number[] = [];
    let release = () => {};
    const written = new Promise<void>((resolve) => {
      release = resolve;
    });
    things.engine.subscribe('things', async (records) => {
      sizes.push(Buffer.byteLength(JSON.stringify({ Records: records })));
      await written;
      return receive(records);
    });
    await things.put(...large.map((item) => ({ ...item, text: { S: 'y'.repeat(300_000) } })));
    release();
    await settle(30);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
  });

  it('hands over what gathers in its window together, and at once when it is hurried', async () => {
    const batches: number[] = [];
    const gather = (records: readonly DynamoDBRecord[]) => {
      batches.push(records.length);
      return receive(records);
    };
    things.engine.subscribe('things', gather, { window: 60_000 });
    for (let at = 0; at < 50; at += 1) await things.put(thing('a', String(at)));
    expect(batches).toEqual([]);
    things.engine.hurry();
    await settle(50);
    expect(batches).toEqual([50]);
  });

  it('hands over what gathers when it is closed', async () => {
    const { close } = things.engine.subscribe('things', receive, { window: 60_000 });
    await things.put(thing('a', '1'));
    await close();
    expect(events()).toEqual([['INSERT', undefined, thing('a', '1')]]);
  });

  it('keeps nothing that its subscriber does not want', async () => {
    things.engine.subscribe('things', receive, { wants: ({ eventName }) => eventName === 'REMOVE' });
    await things.put(thing('a', '1'));
    await things.call('DeleteItem', { TableName: 'things', Key: thing('a', '1') });
    await settle(1);
    expect(events()).toEqual([['REMOVE', thing('a', '1'), undefined]]);
  });

  it('brings again what its subscriber failed to handle, from there on', async () => {
    const attempts: string[][] = [];
    things.engine.subscribe('things', (records) => {
      attempts.push(records.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S ?? ''));
      if (attempts.length === 1) return Promise.reject(new Error('refused once'));
      if (attempts.length === 2) return Promise.resolve(records[1]?.dynamodb?.SequenceNumber);
      return receive(records);
    });
    const complaints = jest.spyOn(console, 'error').mockReturnValue();
    await things.call('BatchWriteItem', {
      RequestItems: { things: ['1', '2', '3'].map((sk) => ({ PutRequest: { Item: thing('a', sk) } })) },
    });
    await settle(2);

    expect(attempts).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
      ['2', '3'],
    ]);
    expect(complaints).toHaveBeenCalledTimes(2);
    complaints.mockRestore();
  });
});

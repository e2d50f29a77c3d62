import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Item, openThings, type Things, thing } from './things';

let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'engine-'));
});

afterEach(() => rm(path, { recursive: true }));

/** Everything that the stream delivers until it has delivered `count` records. */
async function streamed(things: Things, count: number): Promise<readonly (Item | undefined)[]> {
  const images: (Item | undefined)[] = [];
  const done = new Promise<void>((resolve) => {
    things.engine.subscribe('things', (records) => {
      images.push(...records.map(({ dynamodb }) => dynamodb?.NewImage));
      if (images.length >= count) resolve();
      return Promise.resolve(undefined);
    });
  });
  await done;
  return images;
}

describe('after a restart', () => {
  it('items, request tokens and records that were not handled are still there', async () => {
    const increment = {
      ClientRequestToken: 'token',
      TransactItems: [
        {
          Update: {
            TableName: 'things',
            Key: thing('a', '1'),
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    };
    const counted = thing('a', '1', { n: { N: '1' } });
    const first = await openThings({ path });
    first.engine.subscribe('things', () => new Promise(() => {}));
    await first.call('TransactWriteItems', increment);
    await first.engine.close();

    const second = await openThings({ path });
    await second.call('TransactWriteItems', increment);
    expect(await second.items()).toEqual([counted]);
    expect(await streamed(second, 1)).toEqual([counted]);
    await second.engine.close();
  });
});

describe('after kill -9 in the middle of writes', () => {
  it('every acknowledged write is there, no half of a transaction, and every record', async () => {
    const writer = spawn(process.execPath, ['--import', 'tsx', require.resolve('./writer'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged = await killAfter(writer, 300);
    const things = await openThings({ path });
    const items = await things.items();
    const side = (name: string) => items.filter(({ pk }) => pk?.S === name).map(({ sk }) => sk?.S);

    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    expect(side('left')).toEqual(expect.arrayContaining(acknowledged));
    expect(side('right')).toEqual(side('left'));
    expect(await streamed(things, items.length)).toEqual(expect.arrayContaining(items));
    await things.engine.close();
  });
});

/** The lines that a process printed; it is killed after `count` of them. */
async function killAfter(child: ChildProcess, count: number): Promise<readonly string[]> {
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.split('\n').length > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return printed.split('\n').slice(0, -1);
}

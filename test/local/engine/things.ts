import type { AttributeValue } from 'aws-lambda';
import { type Engine, type EngineOptions, openEngine } from '../../../local/engine/engine';

export type Item = Record<string, AttributeValue>;
export type Body = Record<string, unknown>;

/** An engine with a table `things` (pk, sk) that has an index `byColour` (colour, weight). */
export interface Things {
  readonly engine: Engine;
  /** The result of an operation; an error is a rejection. */
  call(operation: string, body: Body): Promise<Body>;
  /** The response of an operation: result or error. */
  send(operation: string, body: Body): Promise<{ readonly status: number; readonly body: Body }>;
  put(...items: readonly Item[]): Promise<void>;
  /** All items, by key. */
  items(): Promise<readonly Item[]>;
}

export async function openThings(options: EngineOptions = {}): Promise<Things> {
  const engine = await openEngine(options);
  const send: Things['send'] = async (operation, body) =>
    (await engine.call(`DynamoDB_20120810.${operation}`, body)) as { status: number; body: Body };
  const call: Things['call'] = async (operation, body) => {
    const reply = await send(operation, body);
    if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
    return reply.body;
  };
  if ((await send('DescribeTable', { TableName: 'things' })).status !== 200) await call('CreateTable', definition);
  return {
    engine,
    call,
    send,
    async put(...items) {
      for (const Item of items) await call('PutItem', { TableName: 'things', Item });
    },
    async items() {
      const { Items } = await call('Scan', { TableName: 'things' });
      return (Items as Item[]).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    },
  };
}

export const keyOf = ({ pk, sk }: Item): string => `${pk?.S}/${sk?.S}`;

export const thing = (pk: string, sk: string, more: Item = {}): Item => ({ pk: { S: pk }, sk: { S: sk }, ...more });

const definition = {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: ['pk', 'sk', 'colour', 'weight'].map((name) => ({
    AttributeName: name,
    AttributeType: name === 'weight' ? 'N' : 'S',
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byColour',
      KeySchema: [
        { AttributeName: 'colour', KeyType: 'HASH' },
        { AttributeName: 'weight', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

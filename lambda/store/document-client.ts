import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDb, type Exchange, exchangeOf } from '../exchange';
import { fromWire, toWire } from './wire';

/** The operations that requests of tenants need; all others go through the SDK alone. */
const passed: ReadonlySet<string> = new Set([
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'TransactWriteItems'],
  ...['BatchGetItem', 'BatchWriteItem', 'Scan'],
]);

type Send = (command: Command, ...more: unknown[]) => Promise<object>;

/** A command of DynamoDB's client, or one of the document client, which has the former inside. */
interface Command {
  readonly input: object;
  readonly schema?: readonly [kind: number, namespace: string, name: string];
  readonly clientCommand?: Command;
}

/**
 * The SDK's document client, which sends and reads JSON in one step. The SDK would walk through every value by two
 * schemas, and through twelve middlewares that decide anew what never changes: docs/decisions/sdk-path.md.
 */
class JsonDocumentClient extends DynamoDBDocumentClient {
  private readonly exchange: Exchange;

  constructor(client: DynamoDBClient) {
    super(client);
    this.exchange = exchangeOf(this, dynamoDb);
    this.send = this.sendJson.bind(this, super.send.bind(this) as Send) as DynamoDBDocumentClient['send'];
  }

  private async sendJson(sendBySdk: Send, command: Command, ...more: unknown[]): Promise<object> {
    const { clientCommand, input } = command;
    const name = (clientCommand ?? command).schema?.[2] ?? '';
    const isBatchOfValues = clientCommand !== undefined && 'RequestItems' in input;
    if (!passed.has(name) || isBatchOfValues || more.length > 0) return sendBySdk(command, ...more);
    return clientCommand ? fromWire(await this.exchange(name, toWire(input))) : this.exchange(name, input);
  }
}

/** A document client over a client of DynamoDB, whose middlewares must be set up before the first call. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return new JsonDocumentClient(client);
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tables } from '../../lambda/store/tables';

/** The cost of a step in the store. */
export interface Cost {
  /** The longest chain of calls that had to wait for each other. */
  readonly trips: number;
  readonly calls: number;
  readonly itemsRead: number;
  readonly itemsWritten: number;
}

interface Command {
  readonly input: Record<string, unknown>;
}

/** Counts calls. */
interface Meter {
  /** Runs one call and counts it. */
  count<Output>(command: Command, call: () => Promise<Output>): Promise<Output>;
  /** Runs a step and returns its cost. */
  measure<T>(work: () => Promise<T>): Promise<readonly [T, Cost]>;
}

/** Tables that count the calls to them. */
export interface MeteredTables extends Pick<Meter, 'measure'> {
  readonly tables: Tables;
}

/** Wraps tables so that every call through them is counted. */
export function meter(tables: Tables): MeteredTables {
  const { count, measure } = openMeter();
  const send = (command: Command) => count(command, () => tables.client.send(command as never) as Promise<unknown>);
  return { tables: { ...tables, client: { send: send as Tables['client']['send'] } }, measure };
}

/** A client of its own, for the endpoint of another one, that counts its calls. */
export function meterClient({ config }: DynamoDBClient): Pick<Meter, 'measure'> & { readonly client: DynamoDBClient } {
  const { region, credentials, endpoint } = config;
  const client = new DynamoDBClient({ region, credentials, ...(endpoint && { endpoint }) });
  const { count, measure } = openMeter();
  client.middlewareStack.add((next) => (args) => count({ input: { ...args.input } }, () => next(args)), {
    step: 'initialize',
    priority: 'high',
  });
  return { client, measure };
}

function openMeter(): Meter {
  let depth = 0;
  let cost = { trips: 0, calls: 0, itemsRead: 0, itemsWritten: 0 };
  return {
    async count(command, call) {
      const own = depth + 1;
      const output = await call();
      depth = Math.max(depth, own);
      cost = {
        trips: Math.max(cost.trips, own),
        calls: cost.calls + 1,
        itemsRead: cost.itemsRead + countRead(resultOf(output)),
        itemsWritten: cost.itemsWritten + countWritten(command),
      };
      return output;
    },
    async measure(work) {
      depth = 0;
      cost = { trips: 0, calls: 0, itemsRead: 0, itemsWritten: 0 };
      const result = await work();
      return [result, cost];
    },
  };
}

/** What the client returns, or what its middleware has in `output`. */
function resultOf(returned: unknown): Record<string, unknown> {
  const { output } = returned as { output?: Record<string, unknown> };
  return output ?? (returned as Record<string, unknown>);
}

function countRead(output: Record<string, unknown>): number {
  const { Item, Items, Responses } = output as {
    Item?: unknown;
    Items?: unknown[];
    Responses?: Record<string, unknown[]>;
  };
  return (
    Number(Item !== undefined) +
    (Items?.length ?? 0) +
    Object.values(Responses ?? {}).reduce((sum, items) => sum + items.length, 0)
  );
}

function countWritten({ input }: Command): number {
  const { TransactItems, RequestItems, Item, UpdateExpression } = input as {
    TransactItems?: unknown[];
    RequestItems?: Record<string, unknown>;
    Item?: unknown;
    UpdateExpression?: string;
  };
  const batches = Object.values(RequestItems ?? {}).filter((requests) => Array.isArray(requests));
  return (
    (TransactItems?.length ?? 0) +
    batches.reduce((sum: number, requests) => sum + requests.length, 0) +
    Number(Item !== undefined || UpdateExpression !== undefined)
  );
}

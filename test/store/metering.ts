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

/** Tables that count the calls to them. */
export interface MeteredTables {
  readonly tables: Tables;
  /** Runs a step and returns its cost. */
  measure<T>(work: () => Promise<T>): Promise<readonly [T, Cost]>;
}

/** Wraps tables so that every call through them is counted. */
export function meter(tables: Tables): MeteredTables {
  let depth = 0;
  let cost = { trips: 0, calls: 0, itemsRead: 0, itemsWritten: 0 };
  const send = async (command: Command) => {
    const own = depth + 1;
    const output = await (tables.client.send as (command: unknown) => Promise<Record<string, unknown>>)(command);
    depth = Math.max(depth, own);
    cost = {
      trips: Math.max(cost.trips, own),
      calls: cost.calls + 1,
      itemsRead: cost.itemsRead + countRead(output),
      itemsWritten: cost.itemsWritten + countWritten(command),
    };
    return output;
  };
  return {
    tables: { ...tables, client: { send: send as Tables['client']['send'] } },
    measure: async (work) => {
      depth = 0;
      cost = { trips: 0, calls: 0, itemsRead: 0, itemsWritten: 0 };
      const result = await work();
      return [result, cost];
    },
  };
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

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Consumption } from '../directory/store';

const nothing: Consumption = { readUnits: 0, writeUnits: 0, conflicts: 0 };

interface Consumed {
  readonly CapacityUnits?: number;
}

/**
 * Makes DynamoDB report the units that each call consumes. Returns a function that returns the sum since its last call; a
 * Lambda function, which handles one request at a time, calls it after each. Failed calls consume units too, which
 * DynamoDB does not report.
 */
export function followConsumption(client: Pick<DynamoDBDocumentClient, 'middlewareStack'>): () => Consumption {
  let sum = nothing;
  client.middlewareStack.add(
    (next, { __smithy_context: context }) =>
      async (args) => {
        try {
          const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
          const units = unitsOf(result.output);
          // The exchange names the operation here, as the SDK does.
          const reads = /^(?:BatchGet|Get|Query|Scan)/.test(String(context?.operation));
          sum = reads ? { ...sum, readUnits: sum.readUnits + units } : { ...sum, writeUnits: sum.writeUnits + units };
          return result;
        } catch (error) {
          if (isConflict(error)) sum = { ...sum, conflicts: sum.conflicts + 1 };
          throw error;
        }
      },
    { step: 'initialize', name: 'followConsumption' },
  );
  return () => {
    const consumed = sum;
    sum = nothing;
    return consumed;
  };
}

/** One table's units for a call on one item or index, a list of them for a batch or a transaction. */
function unitsOf(output: object): number {
  const { ConsumedCapacity = [] } = output as { ConsumedCapacity?: Consumed | readonly Consumed[] };
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { CancellationReasons: reasons = [] } = error as { CancellationReasons?: readonly { Code?: string }[] };
  return error.name === 'TransactionConflictException' || reasons.some(({ Code }) => Code === 'TransactionConflict');
}

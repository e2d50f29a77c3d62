import type { Data } from 'dynalite/types';
import { type AwsError, isAwsError } from '../aws-error';
import type { Operation } from './actions';
import { type CallStore, createCallStore } from './call-store';
import type { Database } from './database';
import { isConditionFailure } from './errors';

/** What an action answers, and what it would change. */
export interface ActionResult extends Pick<CallStore, 'writes' | 'touched'> {
  readonly result: Record<string, unknown>;
}

/**
 * Runs one of dynalite's actions on a store of its own; nothing is changed until its writes are committed.
 * `ReturnValuesOnConditionCheckFailure`, which dynalite does not know, is taken from the request as it came.
 * @throws AwsError as the action answers it.
 */
export function runAction(
  database: Database,
  action: Operation['action'],
  data: Data,
  onConditionFailure?: unknown,
): Promise<ActionResult> {
  return new Promise((resolve, reject) => {
    const { store, writes, touched } = createCallStore(database, reject);
    action(store, data, (error, result = {}) => {
      if (!error) return resolve({ result, writes, touched });
      const [item] = touched.values();
      reject(onConditionFailure === 'ALL_OLD' && item?.before ? withItem(error, item.before) : error);
    });
  });
}

function withItem(error: unknown, item: unknown): unknown {
  if (!isAwsError(error) || !isConditionFailure(error)) return error;
  const body: AwsError['body'] = { ...error.body, Item: item };
  return Object.assign(error, { body });
}

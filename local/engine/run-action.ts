import type { Data } from 'dynalite/types';
import { type AwsError, isAwsError } from '../aws-error';
import type { Operation } from './actions';
import { type CallStore, createCallStore } from './call-store';
import { isConditionFailure } from './errors';
import type { Storage } from './tables';

/** The result of an action, and its writes. */
export interface ActionResult extends Pick<CallStore, 'writes' | 'touched'> {
  readonly result: Record<string, unknown>;
}

/**
 * Runs one of dynalite's actions on its own store; nothing is changed until its writes are committed.
 * `ReturnValuesOnConditionCheckFailure`, which dynalite does not support, is read from the original request.
 * @throws AwsError as the action returns it
 */
export function runAction(
  storage: Storage,
  action: Operation['action'],
  data: Data,
  onConditionFailure?: unknown,
): Promise<ActionResult> {
  return new Promise((resolve, reject) => {
    const { store, writes, touched } = createCallStore(storage, reject);
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

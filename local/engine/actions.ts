import batchGetItem from 'dynalite/actions/batchGetItem';
import batchWriteItem from 'dynalite/actions/batchWriteItem';
import createTable from 'dynalite/actions/createTable';
import deleteItem from 'dynalite/actions/deleteItem';
import describeTable from 'dynalite/actions/describeTable';
import getItem from 'dynalite/actions/getItem';
import putItem from 'dynalite/actions/putItem';
import query from 'dynalite/actions/query';
import scan from 'dynalite/actions/scan';
import updateItem from 'dynalite/actions/updateItem';
import type { Custom, Data, Types } from 'dynalite/types';
import validations from 'dynalite/validations';
import batchGetItemInput from 'dynalite/validations/batchGetItem';
import batchWriteItemInput from 'dynalite/validations/batchWriteItem';
import createTableInput from 'dynalite/validations/createTable';
import deleteItemInput from 'dynalite/validations/deleteItem';
import describeTableInput from 'dynalite/validations/describeTable';
import getItemInput from 'dynalite/validations/getItem';
import putItemInput from 'dynalite/validations/putItem';
import queryInput from 'dynalite/validations/query';
import scanInput from 'dynalite/validations/scan';
import updateItemInput from 'dynalite/validations/updateItem';
import { limits } from './call-store';
import { rememberExpressions } from './expressions';

rememberExpressions();

/** The input of an operation, and dynalite's function for it. */
export interface Operation {
  readonly input: { readonly types: Types; readonly custom?: Custom };
  readonly action: typeof getItem;
}

/** Operations that change nothing. */
export const reads: ReadonlyMap<string, Operation> = new Map([
  ['BatchGetItem', { input: batchGetItemInput, action: batchGetItem }],
  ['DescribeTable', { input: describeTableInput, action: describeTable }],
  ['GetItem', { input: getItemInput, action: getItem }],
  ['Query', { input: queryInput, action: query }],
  ['Scan', { input: scanInput, action: scan }],
]);

export const put: Operation = { input: putItemInput, action: putItem };
export const update: Operation = { input: updateItemInput, action: updateItem };
export const remove: Operation = { input: deleteItemInput, action: deleteItem };

/** Operations that change items. */
export const writes: ReadonlyMap<string, Operation> = new Map([
  ['BatchWriteItem', { input: batchWriteItemInput, action: batchWriteItem }],
  ['DeleteItem', remove],
  ['PutItem', put],
  ['UpdateItem', update],
]);

/** Creation of a table; it changes no items. */
export const create: Operation = { input: createTableInput, action: createTable };

/** Validates the input of an operation and parses its expressions, in place. @throws AwsError if it is not valid */
export function parseInput({ types, custom }: Operation['input'], body: unknown): Data {
  const data = validations.checkTypes(body, types);
  validations.checkValidations(data, types, custom, limits);
  return data;
}

import type { Data, TypeRule, Types } from 'dynalite/types';
import { type Operation, parseInput, put, remove, update } from './actions';
import { limits } from './call-store';
import { validationException } from './errors';

/** One item of a transaction: what it does, on what. */
export interface TransactItem {
  readonly kind: TransactItemKind;
  readonly data: Data;
}

interface TransactItemKind {
  readonly operation: Operation;
  readonly types: Types;
  /** Whether it is there for its condition only. */
  readonly changesNothing?: true;
}

const expressions = ['TableName', 'ExpressionAttributeNames'];
const conditions = [...expressions, 'ExpressionAttributeValues', 'ConditionExpression'];
const onFailure: Types = { ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] } };

const writeKinds: Readonly<Record<string, TransactItemKind>> = {
  ConditionCheck: {
    operation: remove,
    types: { ...pick(remove, [...conditions, 'Key'], 'ConditionExpression'), ...onFailure },
    changesNothing: true,
  },
  Put: { operation: put, types: { ...pick(put, [...conditions, 'Item']), ...onFailure } },
  Delete: { operation: remove, types: { ...pick(remove, [...conditions, 'Key']), ...onFailure } },
  Update: {
    operation: update,
    types: { ...pick(update, [...conditions, 'Key', 'UpdateExpression'], 'UpdateExpression'), ...onFailure },
  },
};

const writeTypes: Types = {
  ...pick(put, ['ReturnConsumedCapacity', 'ReturnItemCollectionMetrics']),
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  TransactItems: listOf('TransactWriteItem', writeKinds),
};

/** A transaction as it was asked for. */
export interface Transaction {
  readonly items: readonly TransactItem[];
  /** The client request token, and what a repetition of it must say too, as text. */
  readonly token: string | undefined;
  readonly parameters: string;
  readonly returnCapacity: unknown;
}

/** The input of TransactWriteItems. @throws AwsError when it does not fit. */
export function parseTransaction(body: unknown): Transaction {
  const data = parseInput({ types: writeTypes }, body);
  const parameters = JSON.stringify(data.TransactItems);
  const items = data.TransactItems as Record<string, Data>[];
  return {
    items: items.map((item) => parseItem(item, data.ReturnConsumedCapacity)),
    token: data.ClientRequestToken as string | undefined,
    parameters,
    returnCapacity: data.ReturnConsumedCapacity,
  };
}

function parseItem(item: Record<string, Data>, capacity: unknown): TransactItem {
  const [[name, input] = ['', {}], ...others] = Object.entries(item);
  const kind = writeKinds[name];
  if (!kind || others.length > 0) {
    throw validationException('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const message = kind.operation.input.custom?.(input, limits);
  if (message) throw validationException(message);
  return { kind, data: capacity === undefined ? input : { ...input, ReturnConsumedCapacity: capacity } };
}

function pick({ input }: Operation, names: readonly string[], required?: string): Types {
  const picked = names.map((name): [string, string | TypeRule] => {
    const rule = input.types[name] as string | TypeRule;
    return [name, name === required && typeof rule === 'object' ? { ...rule, notNull: true } : rule];
  });
  return Object.fromEntries(picked);
}

function listOf(name: string, kinds: Readonly<Record<string, TransactItemKind>>): TypeRule {
  const children = Object.entries(kinds).map(([kind, { types }]): [string, TypeRule] => [
    kind,
    { type: `FieldStruct<${kind}>`, children: types },
  ]);
  return {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: { type: `ValueStruct<${name}>`, children: Object.fromEntries(children) },
  };
}

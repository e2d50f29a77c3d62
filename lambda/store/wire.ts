import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { addMember } from '../scim/json';

type Values = Readonly<Record<string, unknown>>;
type Attributes = Record<string, AttributeValue>;

/** The parameters of calls, and the parts of their results, that hold values. */
const inputs: ReadonlySet<string> = new Set(['Key', 'Item', 'ExpressionAttributeValues', 'ExclusiveStartKey']);
const outputs: ReadonlySet<string> = new Set(['Item', 'Attributes', 'LastEvaluatedKey']);

/** The input of a call with its values as DynamoDB's. @throws Error for a value that is not of JSON */
export function toWire(input: object): object {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) wire[name] = inputs.has(name) ? toAttributes(value) : toPart(name, value);
  }
  return wire;
}

function toPart(name: string, value: unknown): unknown {
  if (name !== 'TransactItems') return value;
  return (value as readonly object[]).map((action) => mapValues(action as Values, (input) => toWire(input as object)));
}

/** The result of a call with plain values in place of DynamoDB's. */
export function fromWire(output: object): object {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(output)) {
    if (outputs.has(name)) result[name] = fromAttributes(value);
    else result[name] = name === 'Items' ? (value as readonly Attributes[]).map(fromAttributes) : value;
  }
  return result;
}

/** An item as DynamoDB takes it; what is undefined is left out. @throws Error for a value that is not of JSON */
export function toAttributes(values: Values): Attributes {
  return mapValues(values, toAttribute);
}

/** An item as DynamoDB gives it, as plain values. */
export function fromAttributes(attributes: Readonly<Attributes>): Record<string, unknown> {
  return mapValues(attributes, (attribute) => fromAttribute(attribute as AttributeValue));
}

function mapValues<Value>(values: Values, map: (value: unknown) => Value): Record<string, Value> {
  const mapped: Record<string, Value> = {};
  for (const name of Object.keys(values)) {
    const value = values[name];
    if (value !== undefined) addMember(mapped, name, map(value));
  }
  return mapped;
}

function toAttribute(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'boolean':
      return { BOOL: value };
    case 'number':
      return { N: toNumber(value) };
    case 'object':
      if (value === null) return { NULL: true };
      if (Array.isArray(value)) return { L: value.map(toAttribute) };
      if (isPlain(value)) return { M: toAttributes(value as Values) };
  }
  throw new Error(`An item has a value that is not of JSON: ${Object.prototype.toString.call(value)}.`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Whichever realm made it: keys that Node exports come from another one than a test's.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** @throws Error for a number that DynamoDB does not have, or that JavaScript cannot hold exactly */
function toNumber(value: number): string {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  throw new Error(`An item has a number that cannot be stored: ${value}.`);
}

function fromAttribute(attribute: AttributeValue): unknown {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.M !== undefined) return fromAttributes(attribute.M);
  if (attribute.L !== undefined) return attribute.L.map(fromAttribute);
  if (attribute.N !== undefined) return Number(attribute.N);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL) return null;
  throw new Error(`An item has a value of an unknown type: ${Object.keys(attribute).join(', ')}.`);
}

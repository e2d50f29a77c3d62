import type { AttributeValue } from 'aws-lambda';
import { addMember, type Json, type JsonObject } from '../scim/json';

/** An item in a stream record. */
export type Image = Readonly<Record<string, AttributeValue>>;

/**
 * Reads an image as JSON. Items contain only JSON, so sets and binary values are refused.
 * @throws Error naming the attribute's path, never its value
 */
export function readImage(image: Image): JsonObject {
  return readMap(image, '');
}

function readMap(map: Image, path: string): JsonObject {
  const values: Record<string, Json> = {};
  for (const [name, value] of Object.entries(map)) addMember(values, name, readValue(value, path + name));
  return values;
}

function readValue(value: AttributeValue, path: string): Json {
  const { S, N, BOOL, NULL, M, L }: AttributeValue = value ?? {};
  if (typeof S === 'string') return S;
  if (typeof N === 'string' && Number.isFinite(Number(N))) return Number(N);
  if (typeof BOOL === 'boolean') return BOOL;
  if (NULL === true) return null;
  if (typeof M === 'object' && M !== null) return readMap(M, `${path}.`);
  if (Array.isArray(L)) return L.map((element, index) => readValue(element, `${path}[${index}]`));
  throw new Error(`The attribute ${path} cannot be read: it is not a string, number, boolean, null, map or list.`);
}

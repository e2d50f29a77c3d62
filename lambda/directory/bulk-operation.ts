import { isObject, type Json } from '../scim/json';
import { invalidSyntax, invalidValue, tooLarge } from '../scim/message/error';
import { maxBulkOperations } from '../scim/message/limits';
import { foldNames, messageMembers, operationsOf } from '../scim/message/members';

/** One operation of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
  readonly method: string;
  readonly path: readonly string[];
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: Json | undefined;
}

export interface BulkRequest {
  readonly operations: readonly BulkOperation[];
  /** How many errors end the request; undefined: none does. */
  readonly failOnErrors: number | undefined;
}

const methods: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** @throws ScimError 400 `invalidSyntax` or `invalidValue`, 413 for too many operations */
export function parseBulk(body: Json | undefined): BulkRequest {
  const members = messageMembers('BulkRequest', body);
  const operations = operationsOf(members);
  const failOnErrors = members.get('failonerrors') ?? undefined;
  if (operations.length > maxBulkOperations) {
    throw tooLarge(`The request has ${operations.length} operations; at most ${maxBulkOperations} are allowed.`);
  }
  if (failOnErrors !== undefined && (!Number.isInteger(failOnErrors) || Number(failOnErrors) < 1)) {
    throw invalidValue('failOnErrors must be an integer from 1.');
  }
  const parsed = operations.map(parseOperation);
  const bulkIds = parsed.flatMap(({ bulkId }) => (bulkId === undefined ? [] : [bulkId]));
  const repeated = bulkIds.find((bulkId, index) => bulkIds.indexOf(bulkId) !== index);
  if (repeated !== undefined) throw invalidValue(`bulkId "${repeated}" is used by more than one operation.`);
  return { operations: parsed, failOnErrors: failOnErrors === undefined ? undefined : Number(failOnErrors) };
}

function parseOperation(operation: Json, index: number): BulkOperation {
  const label = `Operations[${index}]`;
  if (!isObject(operation)) throw invalidSyntax(`${label} must be an object.`);
  const members = foldNames(operation, label);
  const [path, bulkId, version, data] = ['path', 'bulkid', 'version', 'data'].map((name) => members.get(name));
  const method = String(members.get('method')).toUpperCase();
  if (!methods.has(method)) throw invalidSyntax(`${label}.method must be POST, PUT, PATCH or DELETE.`);
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw invalidSyntax(`${label}.path must begin with a slash, such as "/Users" or "/Users/<id>".`);
  }
  if (method === 'POST' && (typeof bulkId !== 'string' || bulkId === '')) {
    throw invalidSyntax(`${label}.bulkId is required for POST.`);
  }
  if (method !== 'DELETE' && !isObject(data)) throw invalidSyntax(`${label}.data is required for ${method}.`);
  return {
    method,
    path: path.slice(1).split('/'),
    bulkId: typeof bulkId === 'string' ? bulkId : undefined,
    version: typeof version === 'string' ? version : undefined,
    data: method === 'DELETE' ? undefined : data,
  };
}

import { isArray, isObject, type Json } from '../json';
import { invalidPath, invalidSyntax, invalidValue, noTarget, tooLarge } from '../message/error';
import { foldNames, messageMembers, operationsOf } from '../message/members';

/** What an operation does (RFC 7644 §3.5.2). */
export type OperationName = 'add' | 'remove' | 'replace';

/** One operation of a PATCH message as it was sent; every error about it begins with its `label`. */
export interface MessageOperation {
  readonly op: OperationName;
  readonly path: string | undefined;
  readonly value: Json | undefined;
  readonly label: string;
}

const operationLimit = 1000;
const shownCharacters = 100;
const operationNames: ReadonlyMap<string, OperationName> = new Map([
  ['add', 'add'],
  ['remove', 'remove'],
  ['replace', 'replace'],
]);

/**
 * The operations of a PATCH message (RFC 7644 §3.5.2). The names of operations and members are read without letter
 * case; an absent `schemas` is no fault, and without `Operations` there is nothing to do; an `id` in the body or a `name` in an operation is ignored; a path that is
 * `null` or empty is none.
 * @throws ScimError 400 `invalidSyntax` for any other form, 400 `noTarget` for a remove without path, 400
 * `invalidValue` for an add or a replace without value, 413 for more than 1,000 operations
 */
export function readMessage(body: Json): readonly MessageOperation[] {
  const operations = operationsOf(messageMembers('PatchOp', body));
  if (operations.length > operationLimit) {
    throw tooLarge(
      `A PATCH holds at most ${operationLimit} operations, got ${operations.length}. Send several requests.`,
    );
  }
  return operations.map(readOperation);
}

function readOperation(operation: Json, index: number): MessageOperation {
  const place = `Operations[${index}]`;
  if (!isObject(operation)) throw invalidSyntax(`${place} must be an object with "op", "path" and "value".`);
  const members = foldNames(operation, place);
  const op = operationNames.get(folded(members.get('op')));
  if (op === undefined) throw invalidSyntax(`${place} must have an "op" of "add", "remove" or "replace".`);
  const path = members.get('path') ?? '';
  if (typeof path !== 'string') throw invalidPath(`${place} (${op}) must have a string as "path", or none.`);
  const sent = {
    op,
    path: path === '' ? undefined : path,
    value: path === '' ? unwrapped(members.get('value')) : members.get('value'),
    label: labelOf(place, op, path),
  };
  checkParts(sent);
  return sent;
}

/** Some clients send the attributes of an operation without path in an array of one. */
function unwrapped(value: Json | undefined): Json | undefined {
  return isArray(value) && value.length === 1 ? value[0] : value;
}

function checkParts({ op, path, value, label }: MessageOperation): void {
  if (op === 'remove') {
    if (path === undefined) throw noTarget(`${label} needs a "path" that says what to remove.`);
    return;
  }
  if (value === undefined) {
    throw invalidValue(`${label} needs a "value". To leave an attribute without one, use "remove".`);
  }
  if (path === undefined && !isObject(value)) {
    throw invalidSyntax(`${label} has no "path", so its "value" must be an object of attributes.`);
  }
}

function folded(value: Json | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function labelOf(place: string, op: OperationName, path: string): string {
  const shown = path.length > shownCharacters ? `${path.slice(0, shownCharacters)}…` : path;
  return shown === '' ? `${place} (${op})` : `${place} (${op} ${shown})`;
}

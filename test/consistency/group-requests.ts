import { isArray, isObject, type Json, type JsonObject } from '../../lambda/scim/json';
import { patchBody } from '../directory/requests';
import type { Operation, Result, Single } from './group-model';

/** Sends a request of a history. */
export type Send = (method: string, path: string, body?: JsonObject) => Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Where a history takes place. */
export interface Place {
  readonly group: string;
  /** The ids of users by the names that the history gives them. */
  readonly ids: ReadonlyMap<string, string>;
  /** Adds members as the import of an export does, where the history has that. */
  readonly importMembers?: (ids: readonly string[]) => Promise<void>;
}

/** Sends an operation of a history as a client would. */
export async function sendOperation(send: Send, place: Place, operation: Operation): Promise<Result> {
  if (operation.kind === 'bulk') return sendBulk(send, place, operation.operation);
  if (operation.kind === 'import' && place.importMembers) {
    await place.importMembers(idsOf(place, operation.members));
    return { status: 200 };
  }
  const [method, path, body] = requestOf(place, operation);
  const answer = await send(method, path, body);
  return operation.kind === 'read' ? readResult(place, answer) : { status: answer.status };
}

/** Sends an operation as the only one of a bulk request. The result is that of the operation. */
async function sendBulk(send: Send, place: Place, operation: Single): Promise<Result> {
  const [method, path, data] = requestOf(place, operation);
  const { status, body } = await send('POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [{ method, path, ...(data && { data }) }],
  });
  const [done] = isArray(body.Operations) ? body.Operations : [];
  return { status: status === 200 && isObject(done) ? Number(done.status) : status };
}

function requestOf(place: Place, operation: Single): readonly [string, string, JsonObject?] {
  const group = `/Groups/${place.group}`;
  const list = (names: readonly string[]): Json => idsOf(place, names).map((value) => ({ value }));
  switch (operation.kind) {
    case 'read':
      return ['GET', group];
    case 'delete group':
      return ['DELETE', group];
    case 'delete user':
      return ['DELETE', `/Users/${idsOf(place, [operation.user])[0]}`];
    case 'put':
      return ['PUT', group, { displayName: nameIn(place, operation.name), members: list(operation.members) }];
    case 'rename and add': {
      const rename = { op: 'replace', path: 'displayName', value: nameIn(place, operation.name) };
      return ['PATCH', group, patchBody(rename, { op: 'add', path: 'members', value: list(operation.members) })];
    }
    case 'remove all others': {
      const kept = idsOf(place, operation.members).map((id) => `value eq "${id}"`);
      return ['PATCH', group, patchBody({ op: 'remove', path: `members[not (${kept.join(' or ')})]` })];
    }
    default: {
      const op = operation.kind;
      return ['PATCH', group, patchBody({ op, path: 'members', value: list(operation.members) })];
    }
  }
}

function idsOf({ ids }: Place, names: readonly string[]): readonly string[] {
  return names.map((name) => ids.get(name) ?? name);
}

/** Names are unique in a tenant, and histories share one. */
export function nameIn({ group }: Pick<Place, 'group'>, name: string): string {
  return `${name} ${group}`;
}

function readResult({ ids }: Place, { status, body }: Answer): Result {
  if (status !== 200) return { status };
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const members = isArray(body.members) ? body.members : [];
  return {
    status,
    name: String(body.displayName).split(' ')[0] ?? '',
    members: members.flatMap((member) => (isObject(member) ? [names.get(String(member.value)) ?? '?'] : [])),
  };
}

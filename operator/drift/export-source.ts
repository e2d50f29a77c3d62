import { isObject, type Json, type JsonObject } from '../../lambda/scim/json';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { OperatorError } from '../error';
import { readLines } from '../transfer/import-lines';
import type { ExpectedItem, SourceContext } from './source';

/** Whether a text begins as an export of this program does. */
export function isExport(first: string): boolean {
  return /^\s*\{"export":/.test(first) || /^\s*> serverless-scim@/.test(first);
}

/** What an export of this program holds. @throws OperatorError if it is incomplete or has a line that cannot be read */
export async function* exportItems(
  name: string,
  text: AsyncIterable<string>,
  _context: SourceContext,
): AsyncIterable<ExpectedItem> {
  const counts = { users: 0, groups: 0, memberships: 0 };
  let end: Json | undefined;
  for await (const { number, value } of readLines(text)) {
    const at = `${name} line ${number}`;
    if (!value) throw new OperatorError(`${at} is not a JSON object: was the export cut off? Export again.`);
    const { user, group, membership } = value;
    if (user !== undefined) {
      counts.users++;
      yield { resource: readResource('User', at, user) };
    } else if (group !== undefined) {
      counts.groups++;
      yield { resource: readResource('Group', at, group) };
    } else if (membership !== undefined) {
      counts.memberships++;
      yield readMembership(at, membership);
    }
    end = value.end;
  }
  const isWhole =
    isObject(end) && Object.entries(counts).every(([kind, count]) => isObject(end) && end[kind] === count);
  if (!isWhole) {
    throw new OperatorError(`${name} is incomplete: its last line is missing or has other totals. Export again.`);
  }
}

function readResource(type: ResourceTypeName, at: string, exported: Json) {
  const { id, resource }: JsonObject = isObject(exported) ? exported : {};
  if (typeof id !== 'string' || !isObject(resource)) throw notExported(at, `a ${type}`);
  const standing = resource.active === false ? ('disabled' as const) : ('enabled' as const);
  return { type, id, at, body: resource, standing };
}

function readMembership(at: string, exported: Json): ExpectedItem {
  const { group, member, type }: JsonObject = isObject(exported) ? exported : {};
  if (typeof group !== 'string' || typeof member !== 'string') throw notExported(at, 'a membership');
  return {
    membership: { at, group: { id: group }, member: { id: member, type: type === 'Group' ? 'Group' : 'User' } },
  };
}

function notExported(at: string, what: string): OperatorError {
  return new OperatorError(`${at} is not ${what} as "export" writes it: export again.`);
}

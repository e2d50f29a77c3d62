import { createHmac } from 'node:crypto';
import type { ResourceTypeName } from '../scim/schema/profile';
import { fold } from '../scim/text/fold';
import type { ActivityRow } from './row';

/** The index of rows by the resource that they are about. */
export const subjectIndex = 'subject';

/** The index of the rows of failed requests. */
export const failureIndex = 'failures';

/** The index of rows by the id of their request, which stands at the end of an error's detail. */
export const requestIndex = 'requests';

/** The partition of a tenant's rows, in the order of time. */
export function activityPartition(tenantId: string): string {
  return `${tenantId}#ACTIVITY`;
}

/** The partition of the rows that only their members find. */
export function memberRowPartition(tenantId: string): string {
  return `${tenantId}#MEMBER`;
}

/** The partition of the rows with bodies, which their resource and their request find. */
export function bodyPartition(tenantId: string): string {
  return `${tenantId}#BODY`;
}

/** The partition of the marks of reads: each says that a kind of read has its row for an hour. */
export function readMarkPartition(tenantId: string): string {
  return `${tenantId}#READ`;
}

/** The partition of a tenant's failed requests in their index. */
export function failurePartition(tenantId: string): string {
  return `${tenantId}#FAILED`;
}

/** The partition of a resource's rows in their index. */
export function subjectPartition(tenantId: string, id: string): string {
  return `${tenantId}#${id}`;
}

/** The partition of the rows about a name whose resource has no id. */
export function namePartition(tenantId: string, hash: string): string {
  return `${tenantId}#NAME#${hash}`;
}

/** Whether a value is the name of a `namePartition`. */
export function isNamePartition(subject: unknown): boolean {
  return typeof subject === 'string' && /^[^#]*#NAME#/.test(subject);
}

/** The sort key of a row, in all partitions: by time, and unique by the row's own id. */
export function rowSortKey(time: string, rowId: string): string {
  return `${time}#${rowId}`;
}

/** The sort key of the mark of a read: the same for every read of its kind by a credential in an hour. */
export function readMarkSortKey({ time, actor, template, path }: ActivityRow): string {
  const hour = time.slice(0, 'yyyy-mm-ddThh'.length);
  return [hour, actor.credential, template, path].join('#');
}

/**
 * The hash of a `userName` or `displayName` as it is compared, with the tenant as key: the same name has another hash in
 * another tenant.
 */
export function nameHash(tenantId: string, type: ResourceTypeName, name: string): string {
  return createHmac('sha256', tenantId)
    .update(`${type} ${fold(name)}`)
    .digest('base64url');
}

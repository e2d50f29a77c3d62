import { expiryAttribute } from '../../deployment/tables';
import {
  activityPartition,
  bodyPartition,
  failurePartition,
  memberRowPartition,
  namePartition,
  rowSortKey,
  subjectPartition,
} from '../activity/keys';
import { isRemedy } from '../activity/remedy';
import type { ActivityRow } from '../activity/row';
import { isTemplate } from '../activity/templates';
import { type Item, itemFormat, unreadable } from './items';

/** A row as an item of the activity table. What has no value is left out. */
export function toItem(row: ActivityRow): Item {
  const { tenantId, rowId, time, kind, resource, nameHash, ofMember, expires, ...rest } = row;
  return withoutUndefined({
    pk: partitionOf(row),
    sk: rowSortKey(time, rowId),
    subject: subjectOf(row),
    failed: kind === 'failure' ? failurePartition(tenantId) : undefined,
    // A row of a member is not the request itself, and has it in no index.
    byRequest: ofMember ? undefined : row.request,
    ...rest,
    kind,
    type: resource?.type,
    id: resource?.id,
    [expiryAttribute]: expires,
    format: itemFormat,
  });
}

function partitionOf({ tenantId, kind, ofMember }: ActivityRow): string {
  if (ofMember) return memberRowPartition(tenantId);
  return kind === 'bodies' ? bodyPartition(tenantId) : activityPartition(tenantId);
}

/** The partition of the row in the index of resources: by the resource's id, else by its name, else none. */
function subjectOf({ tenantId, resource, nameHash }: ActivityRow): string | undefined {
  if (resource?.id !== undefined) return subjectPartition(tenantId, resource.id);
  return nameHash === undefined ? undefined : namePartition(tenantId, nameHash);
}

function withoutUndefined(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

const attributes = [
  'request',
  'actor',
  'address',
  'agent',
  'method',
  'path',
  'bulk',
  'counts',
  'values',
  'changed',
  'status',
  'scimType',
  'milliseconds',
  'personal',
] as const;

/** Reads a row. @throws Error `UnreadableItem`, which names the item's key, if it is none of this format */
export function toRow(item: Item): ActivityRow {
  const { pk, sk, subject, kind, template, remedy, type, id, format, [expiryAttribute]: expires } = item;
  const [tenantId, partition] = String(pk).split('#');
  const [time, rowId] = String(sk).split('#');
  if (format !== itemFormat || !tenantId || !time || !rowId || !isTemplate(template) || typeof expires !== 'number') {
    throw unreadable(item, `a row of activity of format ${itemFormat}`);
  }
  const [, marker, nameHash] = String(subject).split('#');
  return {
    tenantId,
    rowId,
    time,
    kind: kind as ActivityRow['kind'],
    template,
    ...(Object.fromEntries(
      attributes.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
    ) as unknown as Pick<ActivityRow, (typeof attributes)[number]>),
    ...(isRemedy(remedy) && { remedy }),
    ...((type === 'User' || type === 'Group') && {
      resource: { type, ...(typeof id === 'string' && { id }) },
    }),
    ...(marker === 'NAME' && nameHash !== undefined && { nameHash }),
    ...(partition === 'MEMBER' && { ofMember: true as const }),
    expires,
  };
}

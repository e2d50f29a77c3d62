import type { Readable } from 'node:stream';
import type { Note } from '../../lambda/directory/note';
import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import { isObject } from '../../lambda/scim/json';
import type { Tenant } from '../../lambda/tenants/tenant';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { requireLocalChanges } from '../directory/local-changes';
import { OperatorError } from '../error';
import { operatorNote } from '../operator-note';
import type { Task } from '../task';
import { type Batch, batches } from './import-batches';
import { importBodies } from './import-bodies';
import { readLines } from './import-lines';
import { importMemberships } from './import-memberships';
import { type ImportedLine, importResource } from './import-resource';
import { importRoleMapping } from './import-role-mapping';
import { importTombstones } from './import-tombstones';

/** Totals of an import. */
export interface ImportTotals {
  readonly added: number;
  /** How many were in the tenant already. */
  readonly same: number;
  readonly leftOut: number;
  /** How many of those added lost attributes that the tenant's profile does not store. */
  readonly reduced: number;
  /** Whether the numbers in the export's last line are right. */
  readonly whole: boolean;
}

/** How far an import is: the number of the last line, and how many bytes of the input end with it. */
export interface ImportProgress {
  readonly line: number;
  readonly bytes: number;
  readonly totals: ImportTotals;
}

/** How a caller follows an import. */
export interface ImportTask extends Task<ImportProgress> {
  /** Called for each line that is left out. */
  readonly onLeftOut?: (line: number, reason: string) => void;
  /** Called at the end if the import could not be recorded in the activity. */
  readonly onUnrecorded?: (note: string) => void;
}

/**
 * Adds the resources of an export to a tenant. Existing resources are never changed; lines that differ from them, or
 * are not valid in the tenant's profile, are left out. It is idempotent, so a second run completes an import that was
 * interrupted.
 * @param input the text of an export
 * @throws OperatorError when operators may not change users and groups, the input is no export, has a line that cannot be read, or the import is aborted; the
 *   lines before are imported
 */
export async function importTenant(
  deployment: Deployment,
  tenant: Tenant,
  input: Readable,
  task: ImportTask = {},
): Promise<ImportTotals> {
  const totals: Counting = { added: 0, same: 0, leftOut: 0, reduced: 0, whole: false };
  await requireLocalChanges(deployment.services, tenant);
  const by = operatorNote('import');
  try {
    await importLines(deployment, tenant, input, by, task, totals);
  } finally {
    // What an import that stopped half-way has added stays.
    const { added, leftOut } = totals;
    const action = { action: 'imported', counts: { added, leftOut }, id: by.request } as const;
    const notes = added > 0 ? await recordAction(deployment, tenant.tenantId, action) : [];
    for (const note of notes) task.onUnrecorded?.(note);
  }
  return totals;
}

/** Counts in `totals`, which hold what was done also when it throws. */
async function importLines(
  deployment: Deployment,
  tenant: Tenant,
  input: Readable,
  by: Note,
  task: ImportTask,
  totals: Counting,
): Promise<void> {
  for await (const batch of batches(readLines(input))) {
    // Before each batch: what follows the index of changes does not see it, as it keeps old times.
    const imported = deployment.services.clock().toISOString();
    if (!(await deployment.services.tenants.changeState(tenant.tenantId, { imported }))) {
      throw new OperatorError(`Tenant ${tenant.tenantId} is being deleted: import into another tenant.`);
    }
    const results = await importBatch(deployment, tenant, batch, by);
    for (const [index, result] of results.entries()) count(totals, result, batch.lines[index]?.number ?? 0, task);
    totals.whole = batch.kind === 'end' && endsWith(batch, totals);
    const { number: line = 0, bytes = 0 } = batch.lines.at(-1) ?? {};
    if (task.signal?.aborted) {
      throw new OperatorError(`Interrupted after line ${line}: import the same file again to complete it.`);
    }
    task.onProgress?.({ line, bytes, totals });
  }
}

type Counting = { -readonly [Name in keyof ImportTotals]: ImportTotals[Name] };

function count(totals: Counting, result: ImportedLine, line: number, { onLeftOut }: ImportTask): void {
  if (result === 'same') totals.same++;
  else if (result === 'new') totals.added++;
  else if (result === 'reduced') {
    totals.added++;
    totals.reduced++;
  } else {
    totals.leftOut++;
    onLeftOut?.(line, result.leftOut);
  }
}

function endsWith({ lines: [line] }: Batch, { added, same, leftOut }: ImportTotals): boolean {
  const end = line?.value?.end;
  if (!isObject(end)) return false;
  // An export of an earlier version has no deleted ones, and no mapping.
  const { users, groups, memberships, tombstones, deleted = 0, roles = 0 } = end;
  return (
    [users, groups, memberships, tombstones, deleted, roles].reduce((sum: number, each) => sum + Number(each), 0) ===
    added + same + leftOut
  );
}

function importBatch(
  deployment: Deployment,
  tenant: Tenant,
  { kind, lines }: Batch,
  by: Note,
): Promise<readonly ImportedLine[]> {
  const all = (type: ResourceType) =>
    Promise.all(lines.map(({ value }) => importResource(deployment, tenant, type, value?.[kind] ?? null, by)));
  switch (kind) {
    case 'user':
      return all(userType);
    case 'group':
      return all(groupType);
    case 'membership':
      return importMemberships(
        deployment,
        tenant,
        lines.map(({ value }) => value?.membership ?? null),
        by,
      );
    case 'tombstone':
      return importTombstones(
        deployment,
        tenant,
        lines.map(({ value }) => value?.tombstone ?? null),
      );
    case 'deleted':
      return importBodies(
        deployment,
        tenant,
        lines.map(({ value }) => value?.deleted ?? null),
      );
    case 'roles':
      return Promise.all(lines.map(({ value }) => importRoleMapping(deployment, tenant, value?.roles ?? null)));
    case 'end':
      return Promise.resolve([]);
    case 'broken':
      throw new OperatorError(
        `Line ${lines[0]?.number} is not a JSON object: was the export cut off? The lines before it are imported.`,
      );
    case 'unknown':
      return Promise.resolve(lines.map(() => ({ leftOut: 'an export has no such line' })));
  }
}

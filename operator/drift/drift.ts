import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { stopIfAborted, type Task } from '../task';
import { Sorter } from '../text/sorter';
import { Collection } from './collect';
import { type DriftSummary, type Finding, type FindingKind, findingKinds } from './finding';
import { Judge } from './judge';
import type { MatchAttribute, Source } from './source';

/** How a comparison is made. */
export interface DriftOptions {
  readonly match: MatchAttribute;
  /** Attributes that are not compared. */
  readonly ignore: readonly string[];
  readonly onNote: (note: string) => void;
}

/** The differences found. Close it after they are read. */
export interface Drift {
  readonly summary: DriftSummary;
  /** In the order of kinds, types and names. */
  findings(): AsyncIterable<Finding>;
  close(): Promise<void>;
}

/** How many deletions are looked up at a time. */
const lookedUp = 100;

/**
 * Compares what a tenant holds with what sources expect, in memory that does not grow with their size: both sides are
 * sorted, in temporary files if they are large. Changes nothing. Changes made meanwhile may or may not be seen.
 * @param task told how many records were read
 * @throws OperatorError if a source cannot be read, contradicts itself, or the comparison is aborted
 */
export async function compareTenant(
  deployment: Deployment,
  tenant: Tenant,
  sources: readonly Source[],
  { match, ignore, onNote }: DriftOptions,
  task: Task<number> = {},
): Promise<Drift> {
  let read = 0;
  const onRecord = () => {
    stopIfAborted(task, 'nothing was changed.');
    task.onProgress?.(++read);
  };
  const collection = new Collection(match, onRecord);
  const findings = new Sorter<KeptFinding>();
  try {
    for (const source of sources) await collection.addExpected(source, { profile: tenant.profile, match, onNote });
    const withMemberships = sources.some(({ holds }) => holds !== 'users');
    await collection.addActual(deployment, tenant, withMemberships);
    await collection.addDeletions(deployment, tenant);
    const judge = new Judge({
      profile: tenant.profile,
      users: sources.some(({ holds }) => holds !== 'members'),
      isComplete: sources.every(({ holds }) => holds.startsWith('everything')),
      paths: collection.paths,
      ignored: new Set(ignore.map((name) => name.toLowerCase())),
    });
    const differences = Object.fromEntries(findingKinds.map((kind) => [kind, 0])) as Record<FindingKind, number>;
    for await (const records of collection.records.grouped()) {
      for (const finding of judge.judge(records)) {
        differences[finding.kind]++;
        await findings.add({ key: orderOf(finding), rank: 0, value: { ...finding } });
      }
      stopIfAborted(task, 'nothing was changed.');
    }
    return {
      summary: summaryOf(judge, collection, differences),
      findings: () => withDeletions(deployment, tenant, findings),
      close: () => findings.close(),
    };
  } catch (error) {
    await findings.close();
    throw error;
  } finally {
    await collection.close();
  }
}

/** A finding as plain JSON. */
type KeptFinding = { readonly [Name in keyof Finding]: Finding[Name] };

function orderOf({ kind, type, name, group = '', attribute = '' }: Finding): string {
  return [findingKinds.indexOf(kind), type, group, name, attribute].join('\t');
}

function summaryOf(
  judge: Judge,
  collection: Collection,
  differences: Readonly<Record<FindingKind, number>>,
): DriftSummary {
  const { users, groups, memberships } = judge.count;
  return {
    users,
    groups,
    memberships,
    differences,
    total: Object.values(differences).reduce((sum, count) => sum + count, 0),
    disabledHere: judge.disabledHere,
    groupsNotCompared: judge.groupsNotCompared,
    membersNotCompared: judge.membersNotCompared + collection.otherMembers,
  };
}

/** Adds when missing resources were deleted here, where an id tells. */
async function* withDeletions(
  { store, services }: Deployment,
  { tenantId }: Tenant,
  findings: Sorter<KeptFinding>,
): AsyncIterable<Finding> {
  let waiting: Finding[] = [];
  const flush = async (): Promise<readonly Finding[]> => {
    const ids = waiting.flatMap(({ expectedId }) => expectedId ?? []);
    const deletions =
      ids.length === 0 ? new Map<string, string>() : await store.deletions(tenantId, ids, services.clock());
    const flushed = waiting.map((finding) => {
      const deletedHere = finding.deletedHere ?? deletions.get(finding.expectedId ?? '');
      return deletedHere === undefined ? finding : { ...finding, deletedHere };
    });
    waiting = [];
    return flushed;
  };
  for await (const { value } of findings.sorted()) {
    waiting.push(value);
    if (waiting.length === lookedUp) yield* await flush();
  }
  yield* await flush();
}

import type { ActivityRow } from '../../lambda/activity/row';
import type { ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import type { Tenant } from '../../lambda/tenants/tenant';
import { type Answer, answerOf } from '../activity/answer';
import { traceChange, traceFailures } from '../activity/trace';
import type { Deployment } from '../connection/open';
import { readStanding } from '../tenants/brake';
import { type DeletedResource, listDeleted } from './deleted';
import { findExactly, findSimilar, type SimilarResources } from './search';

/** How many deleted ones are returned. */
const mostDeleted = 20;

/** Where a user or group is, and why it is not where it should be. */
export interface Located {
  readonly answer: Answer;
  readonly found: readonly StoredResource[];
  /** Others with a similar name. */
  readonly similar: SimilarResources;
  /** The failures that name it, the newest first. */
  readonly failures: readonly ActivityRow[];
  /** Deleted ones with this name, the last deleted first. */
  readonly deleted: readonly DeletedResource[];
}

/**
 * Answers "why is Anna missing?": looks for a user or group by its id, name, email or externalId in the directory, among
 * the failures, among what was deleted, and for similar names.
 */
export async function locateResource(
  deployment: Deployment,
  tenant: Tenant,
  type: ResourceType,
  wanted: string,
): Promise<Located> {
  const text = wanted.trim();
  const activity = deployment.activity && { deployment, table: deployment.activity, tenant };
  const exact = findExactly(deployment, tenant, type, text);
  const [found, failures, { found: deleted }, close, now] = await Promise.all([
    exact,
    activity
      ? exact.then((all) =>
          traceFailures(
            activity,
            type,
            text,
            all.map(({ id }) => id),
          ),
        )
      : [],
    listDeleted(deployment, tenant, { type: type.name, text, count: mostDeleted }),
    findSimilar(deployment, tenant, type, text),
    readStanding(deployment, tenant.tenantId),
  ]);
  const similar = { ...close, found: close.found.filter(({ id }) => found.every((each) => each.id !== id)) };
  const located = { found, similar, failures, deleted };
  const isKnown = found.length + deleted.length + failures.length > 0;
  const change = activity && !isKnown ? await traceChange(activity, type, text) : undefined;
  return { ...located, answer: answerOf({ ...located, tenant, type, text, now, ...(change && { change }) }) };
}

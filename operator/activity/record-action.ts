import { randomUUID } from 'node:crypto';
import type { ActivityRow, Actor } from '../../lambda/activity/row';
import type { TemplateId } from '../../lambda/activity/templates';
import { expiryAfter, putRow } from '../../lambda/store/activity';
import type { Deployment } from '../connection/open';

/** How long what operators did is kept, in days. */
const actionDays = 400;

/** What an operator, or the administrator in the portal, did to a tenant: the values of its sentence are those of the row. */
export interface Action extends Pick<ActivityRow, 'resource' | 'counts' | 'values' | 'personal'> {
  /** The id of its sentence in `lambda/activity/templates.json`. */
  readonly action: TemplateId;
  /** @default the operator, with the AWS identity */
  readonly actor?: Actor;
  /** Id of the action, where changes of resources name it as well. @default a new one */
  readonly id?: string;
}

/**
 * Records in a tenant's activity what an operator did, with the AWS identity that did it. To be called after it was
 * done. It never throws, because what was done must still be reported.
 * @returns what to tell the operator: nothing, or that the action could not be recorded
 */
export async function recordAction(
  deployment: Deployment,
  tenantId: string,
  { action, id = randomUUID(), actor, ...what }: Action,
): Promise<readonly string[]> {
  const { activity, services, identity } = deployment;
  if (!activity) return [];
  const time = services.clock().toISOString();
  try {
    await putRow(activity, {
      tenantId,
      rowId: id,
      time,
      kind: 'action',
      template: action,
      request: id,
      actor: actor ?? (await operatorWith(identity)),
      ...what,
      expires: expiryAfter(time, actionDays),
    });
    return [];
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [`This was done, but it is not in the activity of the tenant (${reason}): note it yourself.`];
  }
}

async function operatorWith(identity: Deployment['identity']): Promise<Actor> {
  const arn = await identity();
  return { operator: true, ...(arn !== undefined && { identity: arn }) };
}

import { userType } from '../../lambda/directory/resource-types';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { openDirectory } from '../directory/read';
import { setActive } from '../directory/set-active';

/** A user that was enabled or disabled. */
export interface ActiveSet {
  readonly id: string;
  readonly userName: string;
  /** What was done, and what else to tell the operator. */
  readonly sentence: string;
  readonly notes: readonly string[];
}

/**
 * Enables or disables a user, and records it.
 * @param wanted its id or userName
 * @throws OperatorError if there is no such tenant or user, or operators may not change users
 */
export async function setUserActive(
  deployment: Deployment,
  tenantName: string,
  wanted: string,
  active: boolean,
): Promise<ActiveSet> {
  const state = active ? 'enabled' : 'disabled';
  const { tenant, find } = await openDirectory(deployment, tenantName);
  const found = await find(userType, wanted);
  const [id, userName] = [String(found.id), String(found.userName)];
  const actionId = await setActive(deployment, tenant, id, active);
  const sentence = `User ${id} (${userName}) is ${state}`;
  if (actionId === undefined) return { id, userName, sentence: `${sentence} already.`, notes: [] };
  const unrecorded = await recordAction(deployment, tenant.tenantId, {
    action: state,
    id: actionId,
    resource: { type: 'User', id },
    personal: { name: userName },
  });
  const here =
    'This is a change here only: the identity provider does not know it, and overwrites it when it next writes the user.';
  return { id, userName, sentence: `${sentence}.`, notes: [here, ...unrecorded] };
}

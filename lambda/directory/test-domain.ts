import type { Json, JsonObject } from '../scim/json';
import type { ResourceTypeName } from '../scim/schema/profile';

/**
 * The domain of the users and groups that `scim-admin doctor` makes. Names under `.invalid` never exist on the Internet
 * (RFC 2606 §2), so no person has one.
 */
export const testDomain = 'doctor.invalid';

const testName = new RegExp(`[@.]${testDomain.replace('.', '\\.')}$`, 'i');

/** Whether a user or group with this name was made by `scim-admin doctor`. */
export function isTestName(name: Json | undefined): boolean {
  return typeof name === 'string' && testName.test(name);
}

/** Whether `scim-admin doctor` made this user or group. */
export function isTestResource(type: ResourceTypeName, { userName, displayName }: JsonObject): boolean {
  return isTestName(type === 'User' ? userName : displayName);
}

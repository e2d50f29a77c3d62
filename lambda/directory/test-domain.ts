import type { Json } from '../scim/json';

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

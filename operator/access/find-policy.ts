import type { DeploymentOptions } from '../connection/facts';
import { findStack } from '../connection/stack';
import { findIdentity } from './identity';
import { deployerPolicy, operatorPolicy, type PolicyDocument, placeOfStack, readOnlyPolicy } from './policies';

/** The persons that policies are made for. */
export const people = ['deployer', 'operator', 'read-only'] as const;

export type Person = (typeof people)[number];

/**
 * The least-privilege policy of a person for a deployment: the deployer's for the account of the credentials, the
 * others for the resources of a stack.
 * @throws OperatorError if there is no such stack
 */
export async function findPolicy(person: Person, options: DeploymentOptions): Promise<PolicyDocument> {
  if (person === 'deployer') return deployerPolicy(await findIdentity(options.region));
  const { stackId = '', usagePlans, ...facts } = await findStack(options);
  const resources = {
    ...facts,
    ...placeOfStack(stackId),
    stack: options.stack,
    usagePlans: Object.values(usagePlans ?? {}),
  };
  return person === 'operator' ? operatorPolicy(resources) : readOnlyPolicy(resources);
}

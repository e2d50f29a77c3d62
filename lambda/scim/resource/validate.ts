import {
  identityCenterGroup,
  identityCenterUser,
  standardGroup,
  standardUser,
  type Validator,
} from '../generated/validators';
import { invalidValue } from '../message/error';
import type { ProfileName, ResourceTypeName } from '../schema/profile';
import type { ResourceView } from '../schema/view';
import { failedChecks } from './checks';
import { brokenLimits } from './limits';
import { outOfRange } from './ranges';
import type { Resource } from './resource';
import { describeViolation } from './violation';

const identityCenter = { User: identityCenterUser, Group: identityCenterGroup };

const validators: Readonly<Record<ProfileName, Readonly<Record<ResourceTypeName, Validator>>>> = {
  'identity-center': identityCenter,
  standard: { User: standardUser, Group: standardGroup },
  'aws-scim-clients': identityCenter,
};

/** Maximum number of problems in a message. */
const maxProblems = 20;

/**
 * Checks a normalised resource against its schema, the profile's rules and the limits; limits do not apply to the
 * stored values, `before`.
 * @throws ScimError 400 `invalidValue` that lists every problem with its attribute's path
 */
export function validateResource(view: ResourceView, resource: Resource, before?: Resource): void {
  const problems = firstProblems(view, resource, before);
  if (problems.length === 0) return;
  const more = problems.length > maxProblems ? `; and ${problems.length - maxProblems} more` : '';
  throw invalidValue(`${problems.slice(0, maxProblems).join('; ')}${more}.`);
}

/**
 * Each step relies on the one before: limits bound the work of checking types, and checks expect the schema's types.
 */
function firstProblems(view: ResourceView, resource: Resource, before?: Resource): readonly string[] {
  const limits = brokenLimits(view, resource, before);
  if (limits.length > 0) return limits;
  const validator = validators[view.profile.name][view.type];
  if (!validator(resource)) {
    return (validator.errors ?? []).flatMap((violation) => describeViolation(view, resource, violation));
  }
  return [...outOfRange(view.attributes, resource), ...failedChecks(view, resource)];
}

import { attributeSteps } from '../../../lambda/scim/schema/attribute-path';
import type { ResourceTypeName } from '../../../lambda/scim/schema/profile';
import { resourceView } from '../../../lambda/scim/schema/view';
import cases from './attribute-path.json';

test.each(cases)('"$name" in a $type leads to $steps', ({ name, type, steps }) => {
  const found = attributeSteps(resourceView('standard', type as ResourceTypeName), name);
  expect(found?.map((attribute) => attribute.name) ?? null).toEqual(steps);
});

test('an attribute that a profile does not store is not in its schema', () => {
  expect(attributeSteps(resourceView('identity-center', 'User'), 'roles.value')).toBeUndefined();
});

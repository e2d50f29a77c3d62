import { defineSchema } from './definition';

/**
 * Enterprise User (RFC 7643 §4.3, §8.7.1). Departing from the listing in §8.7.1: a manager's `value` and `$ref` are not
 * required, as §4.3 only recommends them, and no identity provider sends both; there is no `displayName` of a manager,
 * as it would be looked up for each response.
 */
export const enterpriseUser = defineSchema({
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    { name: 'employeeNumber', description: 'Identifier of the person in the organization.' },
    { name: 'costCenter', description: 'Name of a cost center.' },
    { name: 'organization', description: 'Name of an organization.' },
    { name: 'division', description: 'Name of a division.' },
    { name: 'department', description: 'Name of a department.' },
    {
      name: 'manager',
      type: 'complex',
      description: "The user's manager, another user.",
      subAttributes: [
        { name: 'value', description: 'Identifier of the manager.', caseExact: true },
        {
          name: '$ref',
          type: 'reference',
          description: 'URI of the manager.',
          caseExact: true,
          referenceTypes: ['User'],
        },
      ],
    },
  ],
});

import { defineSchema, nameLimits } from './definition';

/**
 * Core Group (RFC 7643 §4.2, §8.7.1). Departing from the listing in §8.7.1: `displayName` is required, as its own
 * description says; so is a member's `value`, since a member without one identifies nothing; identifiers are
 * case-exact, as §3.1 makes every `id`; a member has no `$ref` and no `display`: what is sent of them is ignored, so
 * that a group of 100,000 fits a response.
 */
export const group = defineSchema({
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [
    {
      name: 'displayName',
      description: 'Name of the group, suitable for display.',
      required: true,
      ...nameLimits,
      characters: 'printable',
    },
    {
      name: 'members',
      type: 'complex',
      multiValued: true,
      description: 'Members of the group.',
      subAttributes: [
        {
          name: 'value',
          description: 'Identifier of the member.',
          required: true,
          caseExact: true,
          mutability: 'immutable',
        },
        {
          name: 'type',
          description: 'Resource type of the member; without it, the member is a user.',
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
          implied: 'User',
        },
      ],
    },
  ],
});

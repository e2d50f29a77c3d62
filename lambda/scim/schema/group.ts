import { defineSchema } from './definition';

/**
 * Core Group (RFC 7643 §4.2, §8.7.1). Departing from the listing in §8.7.1: `displayName` is required, as its own
 * description says; so is a member's `value`, since a member without one names nobody; identifiers are case-exact, as
 * §3.1 makes every `id`; `display` is accepted and not kept, since a member's name is the member's own attribute.
 */
export const group = defineSchema({
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [
    { name: 'displayName', description: 'Name of the group, suitable for display.', required: true },
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
          name: '$ref',
          type: 'reference',
          description: 'URI of the member.',
          caseExact: true,
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
        },
        {
          name: 'type',
          description: 'Resource type of the member.',
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        },
        { name: 'display', description: 'Name of the member, for display.', mutability: 'readOnly' },
      ],
    },
  ],
});

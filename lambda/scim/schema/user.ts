import { type AttributeDocument, defineSchema, nameLimits } from './definition';

/** Core User (RFC 7643 §4.1, §8.7.1). */
export const user = defineSchema({
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  attributes: [
    {
      name: 'userName',
      description: 'Name by which the user is identified to the service provider. Case-insensitive.',
      required: true,
      uniqueness: 'server',
      ...nameLimits,
    },
    {
      name: 'name',
      type: 'complex',
      description: "Components of the user's name.",
      subAttributes: [
        { name: 'formatted', description: 'Full name, formatted for display.' },
        { name: 'familyName', description: 'Family name, or last name.' },
        { name: 'givenName', description: 'Given name, or first name.' },
        { name: 'middleName', description: 'Middle name or names.' },
        { name: 'honorificPrefix', description: "Prefix or title, such as 'Ms.'." },
        { name: 'honorificSuffix', description: "Suffix, such as 'III'." },
      ],
    },
    { name: 'displayName', description: 'Name of the user, suitable for display.' },
    { name: 'nickName', description: 'Casual name of the user.' },
    {
      name: 'profileUrl',
      type: 'reference',
      description: "URL of the user's profile page.",
      caseExact: true,
      referenceTypes: ['external'],
    },
    { name: 'title', description: "Title of the user, such as 'Vice President'." },
    { name: 'userType', description: "Relation of the user to the organization, such as 'Employee'." },
    { name: 'preferredLanguage', description: 'Preferred language, as in the Accept-Language header.' },
    { name: 'locale', description: 'Locale by which currency, dates and numbers are written.' },
    { name: 'timezone', description: "Time zone by its IANA name, such as 'America/Los_Angeles'." },
    { name: 'active', type: 'boolean', description: 'Whether the user may use the service.' },
    {
      name: 'password',
      description: 'Password of the user.',
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    },
    plural('emails', 'Email addresses of the user.', {
      types: ['work', 'home', 'other'],
      maxValues: 50,
      value: nameLimits,
    }),
    plural('phoneNumbers', 'Phone numbers of the user.', {
      types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
    }),
    plural('ims', 'Instant messaging addresses of the user.', {
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
    plural('photos', 'URLs of photos of the user.', {
      types: ['photo', 'thumbnail'],
      value: { type: 'reference', caseExact: true, referenceTypes: ['external'], maxBytes: 65_536, dataImages: true },
    }),
    {
      name: 'addresses',
      type: 'complex',
      multiValued: true,
      description: 'Postal addresses of the user.',
      subAttributes: [
        { name: 'formatted', description: 'Full address, formatted for display; may hold line breaks.' },
        { name: 'streetAddress', description: 'Street, house number, post office box; may hold line breaks.' },
        { name: 'locality', description: 'City or locality.' },
        { name: 'region', description: 'State or region.' },
        { name: 'postalCode', description: 'Zip code or postal code.' },
        { name: 'country', description: 'Country.' },
        ...labels(['work', 'home', 'other']),
      ],
    },
    {
      name: 'groups',
      type: 'complex',
      multiValued: true,
      description: 'Groups that the user is a member of; changed through the groups.',
      mutability: 'readOnly',
      subAttributes: [
        { name: 'value', description: 'Identifier of the group.', caseExact: true, mutability: 'readOnly' },
        {
          name: '$ref',
          type: 'reference',
          description: 'URI of the group.',
          caseExact: true,
          mutability: 'readOnly',
          referenceTypes: ['Group'],
        },
        {
          name: 'display',
          description: 'Name of the group, for display.',
          mutability: 'readOnly',
          returned: 'request',
        },
        {
          name: 'type',
          description: 'How the user belongs to the group: always directly.',
          mutability: 'readOnly',
          returned: 'request',
          canonicalValues: ['direct'],
          implied: 'direct',
        },
      ],
    },
    plural('entitlements', 'Things that the user is entitled to.'),
    plural('roles', "Roles of the user, such as 'Student'."),
    plural('x509Certificates', 'Certificates issued to the user.', {
      value: { type: 'binary', caseExact: true, maxBytes: 32_768 },
    }),
  ],
});

interface PluralOptions {
  readonly types?: readonly string[];
  readonly maxValues?: number;
  readonly value?: Partial<AttributeDocument>;
}

/** A multi-valued attribute with the sub-attributes that RFC 7643 §2.4 gives to all of them. */
function plural(name: string, description: string, { types, maxValues, value }: PluralOptions = {}): AttributeDocument {
  return {
    name,
    type: 'complex',
    multiValued: true,
    description,
    ...(maxValues !== undefined && { maxValues }),
    subAttributes: [
      { name: 'value', description: 'The value itself.', ...value },
      { name: 'display', description: 'Name of the value, for display.' },
      ...labels(types),
    ],
  };
}

function labels(types?: readonly string[]): readonly AttributeDocument[] {
  return [
    { name: 'type', description: 'What the value is for.', ...(types ? { canonicalValues: types } : {}) },
    { name: 'primary', type: 'boolean', description: 'Whether this is the preferred value; true at most once.' },
  ];
}

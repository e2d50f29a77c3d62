import type { Profile, ProfileName } from './profile';

const identityCenter: Profile = {
  name: 'identity-center',
  description: 'The rules of AWS IAM Identity Center',
  errorPrefix: 'Request is unparsable, syntactically incorrect, or violates schema: ',
  awsErrorMembers: true,
  resourceTypes: {
    User: {
      notStored: ['password', 'entitlements', 'roles', 'ims', 'photos', 'x509Certificates'],
      required: ['userName', 'displayName', 'name.givenName', 'name.familyName'],
      unique: ['userName', 'externalId', 'emails'],
      checks: ['completeAddresses'],
      absentWithLabels: ['addresses'],
      memberTypes: [],
      defaults: { active: true },
      keptOnReplace: ['active'],
      returnedOnRequest: [],
      listedMembers: 'all',
      unsupportedMethods: [],
    },
    Group: {
      notStored: [],
      required: ['displayName'],
      unique: ['displayName'],
      checks: [],
      absentWithLabels: [],
      memberTypes: ['User'],
      defaults: {},
      keptOnReplace: [],
      returnedOnRequest: [],
      listedMembers: 'all',
      unsupportedMethods: [],
    },
  },
};

const standard: Profile = {
  name: 'standard',
  description: 'RFC 7643 and RFC 7644 as written',
  errorPrefix: '',
  awsErrorMembers: false,
  resourceTypes: {
    User: {
      notStored: ['password'],
      required: ['userName'],
      unique: ['userName'],
      checks: [],
      absentWithLabels: [],
      memberTypes: [],
      defaults: { active: true },
      keptOnReplace: ['active'],
      returnedOnRequest: [],
      listedMembers: 'all',
      unsupportedMethods: [],
    },
    Group: {
      notStored: [],
      required: ['displayName'],
      unique: ['displayName'],
      checks: [],
      absentWithLabels: [],
      memberTypes: ['User', 'Group'],
      defaults: {},
      keptOnReplace: [],
      returnedOnRequest: [],
      listedMembers: 'all',
      unsupportedMethods: [],
    },
  },
};

const { User, Group } = identityCenter.resourceTypes;

/** The rules of `identity-center`, except for what such programs decode and what they leave out. */
const awsScimClients: Profile = {
  ...identityCenter,
  name: 'aws-scim-clients',
  description:
    'For programs that were written for the SCIM endpoint of AWS, such as idp-scim-sync, ssosync and terraform-provider-aws-sso-scim; not for Okta, Entra ID or JumpCloud',
  resourceTypes: {
    User: { ...User, defaults: { active: false }, keptOnReplace: [], returnedOnRequest: ['groups'] },
    Group: { ...Group, listedMembers: 'none', unsupportedMethods: ['PUT'] },
  },
};

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  'identity-center': identityCenter,
  standard,
  'aws-scim-clients': awsScimClients,
};

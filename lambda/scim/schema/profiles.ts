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
      memberTypes: [],
    },
    Group: {
      notStored: [],
      required: ['displayName'],
      unique: ['displayName'],
      checks: [],
      memberTypes: ['User'],
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
      memberTypes: [],
    },
    Group: {
      notStored: [],
      required: ['displayName'],
      unique: ['displayName'],
      checks: [],
      memberTypes: ['User', 'Group'],
    },
  },
};

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  'identity-center': identityCenter,
  standard,
};

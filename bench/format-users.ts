import type { Json, JsonObject } from '../lambda/scim/json';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const okta: JsonObject = {
  locale: 'en-US',
  timezone: 'Europe/Berlin',
  title: 'Senior Engineer',
  nickName: 'Anna',
  preferredLanguage: 'en-US',
  userType: 'Employee',
  phoneNumbers: [
    { value: '+49 30 1234567', type: 'work', primary: true },
    { value: '+49 170 1234567', type: 'mobile' },
  ],
  addresses: [
    {
      type: 'work',
      primary: true,
      streetAddress: 'Friedrichstraße 123',
      locality: 'Berlin',
      region: 'Berlin',
      postalCode: '10117',
      country: 'DE',
    },
  ],
};

const list = (count: number, value: (at: number) => Json): Json => Array.from({ length: count }, (_, at) => value(at));

/** What users of some size have besides the attributes that every user of a benchmark has. */
export const moreOf: Readonly<Record<string, JsonObject>> = {
  okta,
  entra: {
    ...okta,
    [enterprise]: {
      employeeNumber: '0012345',
      costCenter: '4130',
      organization: 'Example Corporation',
      division: 'Products',
      department: 'Identity',
      manager: { value: '26118915-6090-4610-87e4-49d8ca9f808d', displayName: 'Ben Example' },
    },
  },
  large: {
    ...okta,
    roles: list(150, (at) => ({ value: `role-${at}-of-the-application`, display: `Role ${at}`, type: 'application' })),
    entitlements: list(150, (at) => ({ value: `entitlement-${at}-of-the-application`, type: 'application' })),
  },
};

import { resourceTypeDocument } from '../../../lambda/scim/message/resource-type';
import { schemaDocuments } from '../../../lambda/scim/message/schema';
import { serviceProviderConfig } from '../../../lambda/scim/message/service-provider-config';
import type { AttributeDefinition } from '../../../lambda/scim/schema/attribute';
import { allViews, viewOf } from '../resource/views';

const baseUrl = 'https://example.com/prod/abc/scim/v2';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test('the service provider config says what is supported, how far, and the profile (RFC 7643 §5, RFC 9865 §4)', () => {
  expect(serviceProviderConfig('identity-center', baseUrl)).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 100, maxPayloadSize: 4_194_304 },
    filter: { supported: true, maxResults: 200 },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 200,
      cursorTimeout: 3600,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: expect.stringContaining('Profile identity-center: The rules of AWS IAM Identity Center.'),
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 client credentials',
        description: expect.stringMatching(/, from https:\/\/.*\/oauth2\/token\.$/),
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        primary: false,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  });
});

test('a resource type names its endpoint, schema and extensions (RFC 7643 §6)', () => {
  expect(resourceTypeDocument(viewOf({}), baseUrl)).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    description: 'User Account',
    endpoint: '/Users',
    schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
    schemaExtensions: [{ schema: enterprise, required: false }],
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/User` },
  });
  expect(resourceTypeDocument(viewOf({ type: 'Group' }), baseUrl)).toMatchObject({
    endpoint: '/Groups',
    schemaExtensions: [],
  });
});

test('the schemas of a user are the core one, as the profile has it, and the extensions (RFC 7643 §7)', () => {
  expect(schemaDocuments(viewOf({}), baseUrl)).toMatchObject([
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      id: 'urn:ietf:params:scim:schemas:core:2.0:User',
      name: 'User',
      description: 'User Account (profile identity-center)',
      meta: {
        resourceType: 'Schema',
        location: `${baseUrl}/Schemas/urn:ietf:params:scim:schemas:core:2.0:User`,
      },
    },
    { id: enterprise, name: 'EnterpriseUser', meta: { location: `${baseUrl}/Schemas/${enterprise}` } },
  ]);
});

test.each(allViews)('the schema of a $type in $profile.name has all of its attributes and no others', (view) => {
  const [core] = schemaDocuments(view, baseUrl) as unknown as readonly { attributes: readonly AttributeDefinition[] }[];
  const common = ['schemas', 'id', 'externalId', 'meta'];
  const own = [...view.attributes.values()].map(({ name }) => name).filter((name) => !name.startsWith('urn:'));
  expect([...common, ...(core?.attributes ?? []).map(({ name }) => name)]).toEqual(own);
});

test.each(allViews)('the documents of a $type in $profile.name hold no null and no empty list of values', (view) => {
  const text = JSON.stringify(schemaDocuments(view, baseUrl));
  expect(text).not.toContain('null');
  expect(text).not.toMatch(/"(canonicalValues|referenceTypes|subAttributes)":\[\]/);
});

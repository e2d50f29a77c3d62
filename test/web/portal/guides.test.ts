import { credentialKind, guideOf, guides, nameOf, optionOf, stepsOf } from '../../../web/portal/guides';

const okta = guideOf('okta');
if (!okta) throw new Error('guides/okta.json is gone');

test('the guides are offered in the order of the invitation', () => {
  expect(guides.map(nameOf)).toEqual([
    'Okta',
    'Microsoft Entra ID',
    'OneLogin',
    'JumpCloud',
    'Ping Identity',
    'Google Workspace',
    'your identity provider',
  ]);
});

test('without an answer to its question, a guide has no steps', () => {
  expect(optionOf(okta, {})).toBeUndefined();
  expect(optionOf(okta, { answers: { okta: 'an answer of an older release' } })).toBeUndefined();
  expect(stepsOf(okta, undefined)).toEqual([]);
});

test('the answer decides which steps there are', () => {
  const titles = (option: string) =>
    stepsOf(okta, optionOf(okta, { answers: { okta: option } })).map(({ title }) => title);
  expect(titles('saml')[0]).toBe('Turn on provisioning for your app');
  expect(titles('none')[0]).toBe('Add an app in Okta');
  expect(titles('oidc')).toEqual(titles('none'));
});

test.each([
  ['client', '{clientSecret}'],
  ['token', '{token}'],
  [undefined, '{baseUrl}'],
])('the credential is a %s where a field takes %s', (kind, paste) => {
  expect(credentialKind([{ label: 'a field', paste }])).toBe(kind);
});

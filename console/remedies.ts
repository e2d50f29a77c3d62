import { type RemedyId, remedyOf } from '../lambda/activity/remedy';
import type { Remedy } from '../operator/error';
import type { ApiRemedy, Screen } from '../web/api/error';

/** How an operator does it in the page, and on which screen; what cannot be done there, in a terminal. */
const remedies: Readonly<Record<Remedy['operation'], readonly [text: string, screen?: Screen]>> = {
  'choose stack': ['End the console with Ctrl-C, and start it with the options --stack and --region.'],
  bootstrap: ['Run "npx cdk bootstrap aws://{account}/{region}" in a terminal.'],
  'print deployer policy': ['Run "npx scim-admin policies deployer" in a terminal to print the policy.'],
  'start endpoint': ['Start it with "npm start" in a checkout, or with "npx serverless-scim-local" elsewhere.'],
  'list tenants': ['Choose one from the list of tenants.', 'tenants'],
  'enable tenant': ['Enable the tenant in its settings.', 'settings'],
  'resume tenant': ['End the pause in the settings of the tenant.', 'settings'],
  'delete tenant': ['Delete the tenant in its settings.', 'settings'],
  'turn brake on': ['Turn the brake on in the settings of the tenant.', 'settings'],
  'release tenant': ['Release it for a number of hours, in the settings of the tenant.', 'settings'],
  'list tokens': ['Choose one from the list of tokens.', 'credentials'],
  'create token': ['Create a token.', 'credentials'],
  'revoke token': ['Revoke a token that is no longer used, or allow {limit} live tokens.', 'credentials'],
  'replace token': ['Revoke token {token}, then create another.', 'credentials'],
  'rotate token': ['Choose the token to rotate, and allow {limit} live tokens.', 'credentials'],
  'renew token': ['Rotate token {credential}.', 'credentials'],
  'list clients': ['Choose one from the list of clients.', 'credentials'],
  'create client': ['Create a client.', 'credentials'],
  'revoke client': ['Revoke a client that is no longer used, or allow {limit} clients.', 'credentials'],
  'replace client': ['Revoke client {client}, then create another.', 'credentials'],
  'renew client': ['Rotate the secret of client {credential}.', 'credentials'],
  'revoke part': ['Revoke {part} of client {client}.', 'credentials'],
  'list invitations': ['Choose one from the list of invitations.', 'credentials'],
  'list users': ['Look for the user by another name, email or externalId.', 'users'],
  'list groups': ['Look for the group by another name or externalId.', 'groups'],
  'list deleted': ['Restore, in the list of deleted users and groups, brings it back.', 'deleted'],
  'allow local changes': ['Allow operators to change users and groups, in the settings of the tenant.', 'settings'],
};

/** What to do in the page about an error of an operation. */
export function inPage({ operation, values = {} }: Remedy): ApiRemedy {
  const [text, screen] = remedies[operation];
  const { tenant } = values;
  return {
    text: text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
    ...(screen && { to: { screen, ...(tenant !== undefined && { tenant: String(tenant) }) } }),
  };
}

/** On which screen an operator does what is advised about a failed request. */
const screens: Readonly<Partial<Record<RemedyId, Screen>>> = {
  deletedMember: 'deleted',
  wrongBody: 'settings',
  otherTenant: 'credentials',
  held: 'settings',
  busy: 'settings',
  paused: 'settings',
};

/** What to do in the page about a failed request of a tenant. */
export function adviceInPage(id: RemedyId, tenant: string): ApiRemedy {
  const { do: text, docs } = remedyOf(id);
  const screen = screens[id];
  return { text, docs, ...(screen && { to: { screen, tenant } }) };
}

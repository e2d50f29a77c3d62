import type { Remedy } from '../operator/error';

/** How an operator does it on the command line. */
const hints: Readonly<Record<Remedy['operation'], string>> = {
  'choose stack': 'Pass --stack or --region, or set AWS_PROFILE.',
  bootstrap: 'Run "npx cdk bootstrap aws://{account}/{region}".',
  'print deployer policy': 'Run "npx scim-admin policies deployer" to print the policy.',
  'start endpoint':
    'Start it with "npm start" in a checkout, or with "npx serverless-scim-local" (the package of that name) elsewhere. Pass --data if its data folder is another.',
  'list tenants': 'Run "npx scim-admin tenant list".',
  'enable tenant': 'Run "npx scim-admin tenant enable {tenant}".',
  'resume tenant': 'Run "npx scim-admin tenant resume {tenant}".',
  'delete tenant': 'Run "npx scim-admin tenant delete {tenant}".',
  'turn brake on': 'Run "npx scim-admin tenant brake {tenant} on" to turn it on.',
  'release tenant': 'Run "npx scim-admin tenant release {tenant} --for 2h".',
  'list tokens': 'Run "npx scim-admin token list {tenant}".',
  'create token': 'Run "npx scim-admin token create {tenant}".',
  'revoke token': 'Run "npx scim-admin token revoke {tenant} <token-id>", or pass --limit {limit}.',
  'replace token': 'Run "npx scim-admin token revoke {tenant} {token}", then "npx scim-admin token create {tenant}".',
  'rotate token': 'Run "npx scim-admin token rotate {tenant} <token-id> --limit {limit}".',
  'renew token': 'Run "npx scim-admin token rotate {tenant} {credential}" to make another one.',
  'list clients': 'Run "npx scim-admin client list {tenant}".',
  'create client': 'Run "npx scim-admin client create {tenant}".',
  'revoke client': 'Run "npx scim-admin client revoke {tenant} <client-id>", or pass --limit {limit}.',
  'replace client':
    'Run "npx scim-admin client revoke {tenant} {client}", then "npx scim-admin client create {tenant}".',
  'renew client': 'Run "npx scim-admin client rotate {tenant} {credential}" to make another one.',
  'revoke part': 'Run "npx scim-admin client revoke {tenant} {client} {part}".',
  'list invitations': 'Run "npx scim-admin tenant invites {tenant}".',
  'list users': 'Run "npx scim-admin user list {tenant}".',
  'list groups': 'Run "npx scim-admin group list {tenant}".',
  'list deleted': 'Run "npx scim-admin deleted list {tenant}".',
  'allow local changes': 'Run "npx scim-admin tenant local-changes {tenant} on".',
};

interface Hinted {
  readonly message: string;
  readonly remedy?: Remedy | undefined;
}

/** A message, such as that of an `OperatorError`, followed by the command that fixes it. */
export function withHint({ message, remedy }: Hinted): string {
  if (!remedy) return message;
  const hint = hints[remedy.operation].replace(/\{(\w+)\}/g, (_, name: string) => String(remedy.values?.[name]));
  return `${message} ${hint}`;
}

import type { Command } from 'commander';
import { userType } from '../lambda/directory/resource-types';
import type { Tenant } from '../lambda/tenants/tenant';
import { recordAction } from '../operator/activity/record-action';
import { counted } from '../operator/counted';
import { openDirectory } from '../operator/directory/read';
import { OperatorError } from '../operator/error';
import { toJson } from '../operator/printable';
import type { RuleMatch } from '../operator/roles/evaluate';
import type { UserGroup } from '../operator/roles/groups-of-user';
import type { RoleMapping, RoleRule } from '../operator/roles/mapping';
import { mappingLimits, readMapping } from '../operator/roles/read-mapping';
import { rolesOfUser, type UserRoles } from '../operator/roles/roles-of-user';
import { rolesOfTenant, rolesSet, setRoleMapping } from '../operator/roles/tenant-mapping';
import { unmatchedRules } from '../operator/roles/unmatched';
import { deleteTenantRoles, readTenantRoles } from '../operator/store/role-mapping';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { readJsonFile } from './json-file';
import { type CommandOutput, table } from './output';

/** How many characters a file with a mapping may have: JSON with spaces is longer than what is stored. */
const longestFile = 10 * mappingLimits.bytes;

/** `roles set|show|test|clear`. */
export function rolesCommands(program: Command, shell: Shell): void {
  const roles = program.command('roles').description("which roles of your application a tenant's groups give");
  onDeployment(
    shell,
    roles
      .command('set <tenant> <file>')
      .description('set the mapping of groups to roles; "-" reads standard input')
      .addHelpText(
        'after',
        `
The file is JSON; docs/roles.md describes it:
  {
    "match": "all",
    "rules": [
      { "displayName": "Engineering", "roles": ["developer"] },
      { "pattern": "app-*-admins", "roles": ["admin"] }
    ],
    "default": ["viewer"]
  }`,
      ),
    set,
  );
  onDeployment(shell, roles.command('show <tenant>').description('print the mapping, as "roles set" reads it'), show);
  onDeployment(
    shell,
    roles
      .command('test <tenant> <user>')
      .description('show which rule gives a user (id or userName) which role')
      .option('--file <file>', 'try the mapping in this file instead; nothing is changed'),
    test,
  );
  onDeployment(shell, roles.command('clear <tenant>').description('remove the mapping: no user has roles then'), clear);
}

/** Reads a mapping from a file. @throws OperatorError that names the file and the place in it */
async function readFile({ terminal }: Session, path: string): Promise<RoleMapping> {
  const json = await readJsonFile(terminal, path, longestFile);
  try {
    return readMapping(json);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    throw new OperatorError(`${path === '-' ? 'Standard input' : path}: ${error.message}`, { cause: error });
  }
}

async function set(session: Session, _options: unknown, name: string, path: string): Promise<CommandOutput> {
  const { deployment } = session;
  const mapping = await readFile(session, path);
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, label } = tenant;
  const unmatched = await unmatchedRules(deployment, tenantId, mapping);
  await setRoleMapping(deployment, tenant, mapping);
  const notes = await recordAction(deployment, tenantId, rolesSet(mapping));
  return {
    data: { tenantId, ...mapping, unmatched },
    text: `Tenant ${tenantId} (${label}) has a mapping of groups to roles, with ${counted(mapping.rules.length, 'rule')}.`,
    notes: [
      ...unmatched.map((rule) => `rules[${rule}]: no group has the ${selectorOf(mapping.rules[rule])} now.`),
      ...notes,
      `Run "npx scim-admin roles test ${label} <user>" to see what a user gets.`,
    ],
  };
}

async function show({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const mapping = (await readTenantRoles(deployment.tables, tenant.tenantId))?.mapping;
  return {
    data: mapping ?? null,
    text: mapping ? toJson(mapping, 2) : noMapping(tenant),
  };
}

interface TestOptions {
  readonly file?: string;
}

async function test(session: Session, { file }: TestOptions, name: string, user: string): Promise<CommandOutput> {
  const { deployment } = session;
  const given = file === undefined ? undefined : await readFile(session, file);
  const directory = await openDirectory(deployment, name);
  const { tenant } = directory;
  const found = await directory.find(userType, user, { attributes: 'userName' });
  const [id, userName] = [String(found.id), String(found.userName)];
  const used = given ? rolesOfTenant(tenant, given) : await readTenantRoles(deployment.tables, tenant.tenantId);
  const { roles, reason, matches } = await rolesOfUser(deployment, tenant.tenantId, id, used);
  const who = `User ${userName} (${id})`;
  const has = roles.length === 0 ? `${who} has no roles` : `${who} has ${roles.join(', ')}`;
  return {
    data: { tenantId: tenant.tenantId, id, userName, roles, reason, matches },
    text: `${has}${reasonText(reason, tenant)}${used ? matchesText(used.mapping, matches, id) : ''}`,
  };
}

async function clear({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, label } = tenant;
  const cleared = await deleteTenantRoles(deployment.tables, tenantId);
  const notes = cleared ? await recordAction(deployment, tenantId, { action: 'rolesCleared' }) : [];
  return {
    data: { tenantId, cleared },
    text: cleared
      ? `Tenant ${tenantId} (${label}) has no mapping of groups to roles any more: its users have no roles.`
      : `${noMapping(tenant)} Nothing was changed.`,
    notes,
  };
}

function noMapping({ tenantId, label }: Tenant): string {
  return `Tenant ${tenantId} (${label}) has no mapping of groups to roles: its users have no roles.`;
}

const reasonText = (reason: UserRoles['reason'], { label }: Tenant): string =>
  ({
    rules: ':',
    default: ': no rule matches, so this is the default.',
    'no user': ': it was deleted just now.',
    inactive: ': it is not active.',
    'no mapping': `: tenant ${label} has no mapping of groups to roles.`,
  })[reason];

function matchesText({ rules }: RoleMapping, matches: readonly RuleMatch<UserGroup>[], userId: string): string {
  if (matches.length === 0) return '';
  const rows = matches.map(({ rule, roles, groups }) => [
    `rules[${rule}]`,
    selectorOf(rules[rule]),
    groups.map((group) => groupText(group, userId)).join(', '),
    roles.join(', ') || '-',
  ]);
  return `\n\n${table(['RULE', 'MATCHES', 'GROUPS', 'ROLES'], rows)}`;
}

function groupText({ id, displayName = id, through }: UserGroup, userId: string): string {
  return through === userId ? displayName : `${displayName} (through a group in it)`;
}

function selectorOf(rule: RoleRule | undefined): string {
  const { roles: _, ...selector } = rule ?? { roles: [] };
  return Object.entries(selector)
    .map(([name, value]) => `${name} ${toJson(value)}`)
    .join();
}

import { Argument, type Command, Option } from 'commander';
import { type Tier, tiers } from '../deployment/limits';
import type { ProfileName } from '../lambda/scim/schema/profile';
import { profiles } from '../lambda/scim/schema/profiles';
import type { TenantStatus } from '../lambda/tenants/tenant';
import { deleteWholeTenant } from '../operator/actions/delete-tenant';
import { recordAction } from '../operator/activity/record-action';
import { setTenantTier } from '../operator/tenants/limits';
import { createTenant, findTenant, renameTenant, setTenantState } from '../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { parseLife } from './duration';
import { follow } from './follow';
import { invitationCommands } from './invitation';
import { localChangesCommand } from './local-changes';
import { type CommandOutput, facts } from './output';
import { tenantHealthCommand } from './tenant-health';
import { aboutEmulator, describe, listTenants, showTenant } from './tenant-list';
import { tenantStateCommands } from './tenant-state';
import { utcTime } from './time';
import { keepToken, type TokenOutput, withTokenFile } from './token-file';
import { wrap } from './width';

interface CreateOptions extends TokenOutput {
  readonly profile: ProfileName;
  readonly expires?: number;
  readonly tokenLabel?: string;
}

interface DeleteOptions extends DestructiveOptions {
  readonly wait: boolean;
}

/** `tenant create|list|show|rename|disable|enable|limits|delete`, and those of `tenant-state.ts` and `tenant-health.ts`. */
export function tenantCommands(program: Command, shell: Shell): void {
  const tenant = program
    .command('tenant')
    .description('manage tenants: each has its own Base URL, directory and credentials');

  const creating = tenant
    .command('create <label>')
    .description('create a tenant; prints its Base URL and, once, its first token')
    .addOption(
      new Option('--profile <profile>', 'rules that the tenant follows; cannot be changed later')
        .choices(Object.keys(profiles))
        .default('identity-center'),
    )
    .option('--expires <time>', 'lifetime of the token, such as 90d (default: 365d)', parseLife)
    .option('--token-label <label>', 'label of the token in lists')
    .addHelpText(
      'after',
      `
Profiles:
${Object.values(profiles)
  .map(({ name, description }) => `  ${wrap(`${name}: ${description}.`, 76).join('\n    ')}`)
  .join('\n')}

Examples:
  npx scim-admin tenant create acme
  npx scim-admin tenant create acme --profile standard --out acme.token`,
    );
  onDeployment(shell, withTokenFile(creating), create);

  onDeployment(shell, tenant.command('list').description('list all tenants'), listTenants);
  onDeployment(
    shell,
    tenant.command('show <tenant>').description('show one tenant (id or label) and its credentials'),
    showTenant,
  );
  onDeployment(
    shell,
    tenant.command('rename <tenant> <label>').description('change the label; URL and credentials stay'),
    rename,
  );
  onDeployment(
    shell,
    tenant.command('disable <tenant>').description("refuse the tenant's requests; directory and credentials stay"),
    setState('disabled'),
  );
  onDeployment(
    shell,
    tenant.command('enable <tenant>').description("accept the tenant's requests again"),
    setState('enabled'),
  );
  onDeployment(
    shell,
    tenant
      .command('limits <tenant>')
      .description('choose how many requests the tenant may send')
      .addArgument(new Argument('<tier>', 'see docs/limits.md').choices(tiers)),
    setTier,
  );
  tenantStateCommands(tenant, shell);
  tenantHealthCommand(tenant, shell);
  localChangesCommand(tenant, shell);
  invitationCommands(tenant, shell);
  const deleting = tenant
    .command('delete <tenant>')
    .description('delete a tenant with its credentials, users and groups; cannot be undone')
    .option('--yes', 'do not ask for confirmation')
    .option('--no-wait', 'do not wait for requests under way, and do not delete what they write')
    .addHelpText(
      'after',
      '\nIt waits half a minute for requests that began before, and then deletes what\nthey wrote. docs/erasure.md says what remains.',
    );
  onDeployment(shell, deleting, remove);
}

async function create({ deployment }: Session, options: CreateOptions, label: string): Promise<CommandOutput> {
  const { services } = deployment;
  const { tenantId, tokenId, token, expires } = await keepToken(options, () =>
    createTenant(services, {
      label,
      profile: options.profile,
      ...(options.expires === undefined ? {} : { life: options.expires }),
      ...(options.tokenLabel === undefined ? {} : { tokenLabel: options.tokenLabel }),
    }),
  );
  const url = deployment.baseUrl(tenantId);
  const { out, profile } = options;
  const unrecorded = await recordAction(deployment, tenantId, { action: 'tenantCreated', values: { label, profile } });
  return {
    data: { tenantId, label, profile: options.profile, baseUrl: url, tokenId, expires, ...(out ? { out } : { token }) },
    text: facts([
      ['Tenant', `${tenantId} (${label}, ${options.profile})`],
      ['Base URL', url],
      ['API token', out ? `in ${out}` : token],
      ['Expires', utcTime(expires)],
    ]),
    notes: [
      ...(out ? [] : ['Save the token now: it is not shown again.']),
      ...aboutEmulator(deployment, tenantId),
      ...unrecorded,
    ],
  };
}

async function rename({ deployment }: Session, _options: unknown, name: string, label: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  await renameTenant(deployment.services, tenant, label);
  const values = { from: tenant.label, label };
  return {
    data: describe({ ...tenant, label }),
    text: `Tenant ${tenant.tenantId} is now called ${label}.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'tenantRenamed', values }),
  };
}

const stateActions = { enabled: 'tenantEnabled', disabled: 'tenantDisabled' } as const;

function setState(state: TenantStatus) {
  return async ({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> => {
    const tenant = await findTenant(deployment.services, name);
    await setTenantState(deployment.services, tenant.tenantId, state);
    return {
      data: describe({ ...tenant, state }),
      text: `Tenant ${tenant.tenantId} (${tenant.label}) is ${state}; this takes effect within two minutes.`,
      notes: await recordAction(deployment, tenant.tenantId, { action: stateActions[state] }),
    };
  };
}

async function setTier({ deployment }: Session, _options: unknown, name: string, tier: Tier): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  await setTenantTier(deployment.services, tenant, tier);
  return {
    data: describe({ ...tenant, tier }),
    text: `Tenant ${tenant.tenantId} (${tenant.label}) has the limits of tier ${tier}; caches follow within two minutes.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'limitsChanged', values: { tier } }),
  };
}

async function remove(session: Session, options: DeleteOptions, name: string): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, label } = tenant;
  const what = `This deletes tenant ${tenantId} (${label}) with all its credentials, users and groups; it cannot be undone.`;
  await confirm(terminal, options, what, label);
  const { until, notes } = await deleteWholeTenant(
    deployment,
    tenant,
    { ...follow<number>(session, (seconds) => `Waiting ${seconds} s for requests under way`), wait: options.wait },
    follow<number>(session, (deleted) => `Deleted ${deleted} users and groups`),
  );
  return {
    data: { tenantId, deleted: true, ...(until === undefined ? {} : { until }) },
    text: `Tenant ${tenantId} (${label}) is deleted.`,
    notes: [
      ...(until === undefined
        ? []
        : [
            `Requests under way may have written until ${until}: run "npx scim-admin check --repair" after that to delete it.`,
          ]),
      ...notes,
    ],
  };
}

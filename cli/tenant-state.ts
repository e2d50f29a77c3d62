import type { Command } from 'commander';
import { stateCacheTime } from '../lambda/store/tenant-state';
import { recordAction } from '../operator/activity/record-action';
import { findTenant } from '../operator/tenants/provision';
import { pauseTenant, resumeTenant } from '../operator/tenants/state';
import { onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';
import { utcTime } from './time';

/** When every process follows a change of a tenant's state. */
const soon = `within ${stateCacheTime / 1000} seconds`;

/** `tenant pause|resume`. */
export function tenantStateCommands(tenant: Command, shell: Shell): void {
  onDeployment(
    shell,
    tenant
      .command('pause <tenant>')
      .description('answer every request with 503 until "tenant resume"; identity providers send them again')
      .addHelpText(
        'after',
        '\nUse it rather than "tenant disable" (401), after which identity providers give up. See docs/brake.md.',
      ),
    pause,
  );
  onDeployment(shell, tenant.command('resume <tenant>').description('accept requests again after a pause'), resume);
}

async function pause({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { paused = '' } = await pauseTenant(deployment.services, tenant);
  const notes = await recordAction(deployment, tenant.tenantId, { action: 'tenantPaused' });
  return {
    data: { tenantId: tenant.tenantId, paused },
    text: `Tenant ${tenant.tenantId} (${tenant.label}) is paused since ${utcTime(paused)}: its requests get 503, ${soon}.`,
    notes: [...notes, `Run "npx scim-admin tenant resume ${tenant.label}" to accept them again.`],
  };
}

async function resume({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  await resumeTenant(deployment.services, tenant);
  const notes = await recordAction(deployment, tenant.tenantId, { action: 'tenantResumed' });
  return {
    data: { tenantId: tenant.tenantId, resumed: true },
    text: `Tenant ${tenant.tenantId} (${tenant.label}) accepts requests again, ${soon}.`,
    notes,
  };
}

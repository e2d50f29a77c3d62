import { Argument, type Command } from 'commander';
import { recordAction } from '../operator/activity/record-action';
import { findTenant } from '../operator/tenants/provision';
import { setLocalChanges } from '../operator/tenants/state';
import { onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';

/** `tenant local-changes`. */
export function localChangesCommand(tenant: Command, shell: Shell): void {
  onDeployment(
    shell,
    tenant
      .command('local-changes <tenant>')
      .description('allow or refuse that operators change users and groups: restore, disable, enable, erase, import')
      .addArgument(new Argument('<setting>', 'off: only the identity provider changes them').choices(['on', 'off'])),
    localChanges,
  );
}

async function localChanges(
  { deployment }: Session,
  _options: unknown,
  name: string,
  setting: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { tenantId, label } = tenant;
  const allowed = setting === 'on';
  await setLocalChanges(deployment.services, tenant, allowed);
  const notes = await recordAction(deployment, tenantId, { action: allowed ? 'localChangesOn' : 'localChangesOff' });
  return {
    data: { tenantId, localChanges: allowed },
    text: allowed
      ? `Operators may change users and groups of tenant ${tenantId} (${label}).`
      : `Only the identity provider may change users and groups of tenant ${tenantId} (${label}).`,
    notes,
  };
}

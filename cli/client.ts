import type { Command } from 'commander';
import { recordAction } from '../operator/activity/record-action';
import { listClients } from '../operator/tenants/client-list';
import { revokeClient } from '../operator/tenants/clients';
import { findTenant } from '../operator/tenants/provision';
import { createCommand } from './client/create';
import { rotateCommand } from './client/rotate';
import { clientTable } from './client/table';
import { revokePart, trustCommands } from './client/trust';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';

/** `client create|list|rotate|revoke|trust`. */
export function clientCommands(program: Command, shell: Shell): void {
  const client = program
    .command('client')
    .description('manage the OAuth clients of a tenant, which get access tokens at its token endpoint');
  createCommand(client, shell);
  onDeployment(
    shell,
    client.command('list <tenant>').description("list a tenant's clients: state, last use, secrets, keys and trusts"),
    list,
  );
  rotateCommand(client, shell);
  const revoking = client
    .command('revoke <tenant> <client-id> [part-id]')
    .description('revoke a client, or one of its secrets, keys or trusts')
    .option('--yes', 'do not ask for confirmation');
  onDeployment(shell, revoking, revoke);
  trustCommands(client, shell);
}

async function list({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const clients = await listClients(deployment.services, await findTenant(deployment.services, name));
  const incomplete = clients.filter(({ state }) => state === 'incomplete').map(({ clientId }) => clientId);
  return {
    data: clients,
    text: clientTable(clients),
    notes: incomplete.map(
      (id) =>
        `Client ${id} is incomplete and not accepted, because a command was interrupted. Remove it with "npx scim-admin client revoke ${name} ${id}".`,
    ),
  };
}

async function revoke(
  session: Session,
  options: DestructiveOptions,
  name: string,
  clientId: string,
  partId?: string,
): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  if (partId !== undefined) return await revokePart(session, options, tenant, clientId, partId);
  const label = tenant.clients.get(clientId)?.label;
  if (tenant.clients.has(clientId)) {
    const what = `This revokes client ${clientId}${label ? ` (${label})` : ''} of tenant ${tenant.label}, with its secrets and access tokens.`;
    await confirm(terminal, options, what, clientId);
  }
  await revokeClient(deployment.services, tenant, clientId);
  const values = { credential: clientId, ...(label ? { label } : {}) };
  return {
    data: { tenantId: tenant.tenantId, clientId, revoked: true },
    text: `Client ${clientId} is revoked, with its access tokens; this takes effect within two minutes.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'clientRevoked', values }),
  };
}

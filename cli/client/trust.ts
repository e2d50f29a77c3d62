import type { Command } from 'commander';
import type { Tenant } from '../../lambda/tenants/tenant';
import { recordAction } from '../../operator/activity/record-action';
import { OperatorError } from '../../operator/error';
import { addTrust, removePart } from '../../operator/tenants/change-client';
import type { TrustOptions } from '../../operator/tenants/client-trust';
import { requireClient } from '../../operator/tenants/clients';
import { findTenant } from '../../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from '../command';
import type { CommandOutput } from '../output';

/** Options that name a workload of another issuer. */
export interface WorkloadOptions {
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly jwksUrl?: string;
}

/** Adds the options that name a workload of another issuer. */
export function withWorkload(command: Command): Command {
  return command
    .option('--issuer <url>', "the issuer of the workload's tokens (iss)")
    .option('--subject <subject>', 'the workload (sub); for Entra the object id that its page shows')
    .option('--audience <audience>', 'what the tokens are for (aud); for Entra as its page shows it')
    .option('--jwks-url <url>', "where the issuer's keys are (default: by OpenID Connect discovery)");
}

/** The workload that the options name. @throws OperatorError if they are incomplete */
export function workloadOf({ issuer, subject, audience, jwksUrl }: WorkloadOptions): TrustOptions {
  if (issuer !== undefined && subject !== undefined && audience !== undefined) {
    return { issuer, subject, audience, ...(jwksUrl === undefined ? {} : { jwksUrl }) };
  }
  throw new OperatorError('A workload of another issuer needs all three: --issuer, --subject and --audience.');
}

/** @throws OperatorError if the options name a workload although none is meant */
export function refuseWorkload({ issuer, subject, audience, jwksUrl }: WorkloadOptions): undefined {
  if ([issuer, subject, audience, jwksUrl].every((value) => value === undefined)) return undefined;
  throw new OperatorError(
    '--issuer, --subject, --audience and --jwks-url are for a workload of another issuer: pass --federate too.',
  );
}

/** `client trust add|remove`. */
export function trustCommands(client: Command, shell: Shell): void {
  const trust = client.command('trust').description('choose the workloads of other issuers that may act as a client');
  const adding = trust
    .command('add <tenant> <client-id>')
    .description('let a workload of another issuer act as the client');
  onDeployment(shell, withWorkload(adding), add);
  const removing = trust
    .command('remove <tenant> <client-id> <trust-id>')
    .description('no longer let it; "client list" shows the ids')
    .option('--yes', 'do not ask for confirmation');
  onDeployment(shell, removing, remove);
}

async function add(
  { deployment }: Session,
  options: WorkloadOptions,
  name: string,
  clientId: string,
): Promise<CommandOutput> {
  const workload = workloadOf(options);
  const tenant = await findTenant(deployment.services, name);
  const { label } = await addTrust(deployment.services, tenant, clientId, workload);
  const values = { credential: clientId, issuer: workload.issuer, ...(label ? { label } : {}) };
  return {
    data: { tenantId: tenant.tenantId, clientId, ...workload },
    text: `${workload.subject} of ${workload.issuer} may act as client ${clientId}; this takes effect within a second.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'clientTrustAdded', values }),
  };
}

async function remove(
  session: Session,
  options: DestructiveOptions,
  name: string,
  clientId: string,
  trustId: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(session.deployment.services, name);
  return await revokePart(session, options, tenant, clientId, trustId);
}

/** Revokes one secret, key or trust of a client, after the operator has confirmed it. */
export async function revokePart(
  { deployment, terminal }: Session,
  options: DestructiveOptions,
  tenant: Tenant,
  clientId: string,
  partId: string,
): Promise<CommandOutput> {
  const { label } = requireClient(tenant, clientId);
  const what = `This revokes ${partId} of client ${clientId}${label ? ` (${label})` : ''} of tenant ${tenant.label}.`;
  await confirm(terminal, options, what, partId);
  await removePart(deployment.services, tenant, clientId, partId);
  const values = { part: partId, credential: clientId, ...(label ? { label } : {}) };
  return {
    data: { tenantId: tenant.tenantId, clientId, part: partId, revoked: true },
    text: `${partId} of client ${clientId} is revoked: within a second, the client gets no access token with it. Access tokens that it got before work until they end.`,
    notes: await recordAction(deployment, tenant.tenantId, { action: 'clientPartRevoked', values }),
  };
}

import { LostRace, retry } from '../../lambda/directory/retry';
import type { JsonObject } from '../../lambda/scim/json';
import { type ClientRecord, type HashedSecret, maxPerClient } from '../../lambda/tenants/client';
import { isExpired, type Tenant } from '../../lambda/tenants/tenant';
import { OperatorError } from '../error';
import { alignSecret } from './align-secret';
import { keyId, secretId, trustId, withoutPart } from './client-parts';
import { newTrust, type TrustOptions } from './client-trust';
import { type MadeSecret, newClientSecret, requireClient } from './clients';
import { tenantGone } from './tenant-errors';
import type { TenantServices } from './tenant-services';

/**
 * Changes a client: its item first, then its secret. It begins by making both agree, so that repeating a command
 * completes what an interrupted one began.
 * @param change gets the client as it is and returns it changed; it runs again if another operator was faster
 * @throws OperatorError if there is no such client, or its creation was interrupted, or what `change` throws
 */
async function changeClient(
  services: TenantServices,
  { tenantId }: Tenant,
  clientId: string,
  change: (client: ClientRecord) => ClientRecord,
): Promise<ClientRecord> {
  const changed = await retry(async () => {
    const tenant = await services.tenants.get(tenantId);
    if (!tenant) throw tenantGone(tenantId);
    const before = requireClient(tenant, clientId);
    if (!(await alignSecret(services, tenantId, clientId))) throw incomplete(tenantId, clientId);
    const after = change(before);
    if (await services.tenants.changeClient(tenantId, clientId, after)) return after;
    throw new LostRace(`Client ${clientId} was changed by another operator.`);
  });
  await alignSecret(services, tenantId, clientId);
  return changed;
}

export interface RotateOptions {
  /** Milliseconds after which the secrets before it end. @default - they live until their own end */
  readonly overlap?: number;
  /** Life of the new secret in milliseconds. */
  readonly life?: number;
}

export interface RotatedClient {
  readonly made: MadeSecret;
  readonly client: ClientRecord;
}

/**
 * Gives a client another secret. Those before it work until their end, or until they are revoked.
 * @throws OperatorError if the client has two live secrets, or none at all because it signs assertions
 */
export async function rotateClient(
  services: TenantServices,
  tenant: Tenant,
  clientId: string,
  { overlap, life }: RotateOptions = {},
): Promise<RotatedClient> {
  const { made, stored } = newClientSecret(services, { tenantId: tenant.tenantId, clientId }, life);
  const client = await changeClient(services, tenant, clientId, (before) => {
    const now = services.clock();
    if (before.secrets.length === 0) throw withoutSecret(clientId);
    const live = before.secrets.filter((secret) => !isExpired(secret, now));
    refuseOneMore(tenant.tenantId, clientId, 'secrets', live.map(secretId), maxPerClient.secrets);
    const end = overlap === undefined ? undefined : new Date(now.getTime() + overlap).toISOString();
    return { ...before, secrets: [...live.map((secret) => endedBy(secret, end)), stored] };
  });
  return { made, client };
}

function endedBy(secret: HashedSecret, end: string | undefined): HashedSecret {
  return end !== undefined && end < secret.expires ? { ...secret, expires: end } : secret;
}

/** Adds a public key to a client; the keys before it work until they are revoked. @throws OperatorError if it has two */
export async function addKey(
  services: TenantServices,
  tenant: Tenant,
  clientId: string,
  jwk: JsonObject,
): Promise<ClientRecord> {
  const key = { created: services.clock().toISOString(), jwk };
  return await changeClient(services, tenant, clientId, (before) => {
    const ids = before.keys.map(keyId);
    if (ids.includes(keyId(key))) throw new OperatorError(`Client ${clientId} has this key already.`);
    refuseOneMore(tenant.tenantId, clientId, 'keys', ids, maxPerClient.keys);
    return { ...before, keys: [...before.keys, key] };
  });
}

/**
 * Lets a workload of another issuer act as the client.
 * @throws OperatorError if it may already, or the client has four trusts
 */
export async function addTrust(
  services: TenantServices,
  tenant: Tenant,
  clientId: string,
  options: TrustOptions,
): Promise<ClientRecord> {
  const trust = newTrust(options, services.clock().toISOString());
  return await changeClient(services, tenant, clientId, (before) => {
    const ids = before.trusts.map(trustId);
    if (ids.includes(trustId(trust))) throw new OperatorError(`Client ${clientId} trusts this workload already.`);
    refuseOneMore(tenant.tenantId, clientId, 'trusts', ids, maxPerClient.trusts);
    return { ...before, trusts: [...before.trusts, trust] };
  });
}

/**
 * Removes one secret, key or trust of a client.
 * @throws OperatorError if the client has none of this id, or nothing else to authenticate with
 */
export async function removePart(
  services: TenantServices,
  tenant: Tenant,
  clientId: string,
  partId: string,
): Promise<ClientRecord> {
  return await changeClient(services, tenant, clientId, (before) => {
    const after = withoutPart(before, partId);
    if (!after) {
      throw new OperatorError(
        `Client ${clientId} has no secret, key or trust ${JSON.stringify(partId)}: use the id of one.`,
        {
          remedy: { operation: 'list clients', values: { tenant: tenant.tenantId } },
        },
      );
    }
    if (after.secrets.length + after.keys.length + after.trusts.length > 0) return after;
    throw new OperatorError(
      `${partId} is all that client ${clientId} authenticates with: give it another first, or revoke the whole client.`,
    );
  });
}

function refuseOneMore(tenant: string, client: string, what: string, ids: readonly string[], most: number): void {
  const [oldest = ''] = ids;
  if (ids.length < most) return;
  throw new OperatorError(
    `Client ${client} has ${ids.length} ${what}, the most allowed: ${ids.join(', ')}. Revoke one that is no longer used; the oldest is the first.`,
    { remedy: { operation: 'revoke part', values: { tenant, client, part: oldest } } },
  );
}

const withoutSecret = (clientId: string) =>
  new OperatorError(
    `Client ${clientId} signs assertions and has no secret that could be rotated: give it another key or trust instead.`,
  );

const incomplete = (tenant: string, client: string) =>
  new OperatorError(
    `Client ${client} is incomplete, because a command was interrupted: revoke it and create another.`,
    { remedy: { operation: 'replace client', values: { tenant, client } } },
  );

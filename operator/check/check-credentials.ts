import { isDeepStrictEqual } from 'node:util';
import type { ClientRecord } from '../../lambda/tenants/client';
import type { Tenant, TokenRecord } from '../../lambda/tenants/tenant';
import { alignSecret } from '../tenants/align-secret';
import { expectedSecret } from '../tenants/credential-secrets';
import type { TenantServices } from '../tenants/tenant-services';

/** How long the creation of a credential may take: its record is written first, its secret a moment later. */
const makingMilliseconds = 10 * 60 * 1000;

/** A token or client whose record in the tenant item and whose secret do not match. */
export interface CredentialDifference {
  readonly problem:
    | 'credential without secret'
    | 'secret without credential'
    | 'secret out of date'
    | 'unreadable secret';
  readonly credentialId: string;
  /** Repairs it; returns whether it did. Absent if a person has to decide. */
  readonly repair?: () => Promise<boolean>;
}

/** Compares the credentials that tenants list with their secrets, while operators create and revoke some. */
export async function* checkCredentials(
  services: TenantServices,
  tenantId: string,
): AsyncIterable<CredentialDifference> {
  const withSecret: string[] = [];
  for await (const credentialId of services.secrets.list(tenantId)) withSecret.push(credentialId);
  // Read after the list: a tenant lists a credential before it has a secret.
  const tenant = await services.tenants.get(tenantId);
  if (!tenant) return;
  for (const credentialId of new Set([...withSecret, ...tenant.tokens.keys(), ...tenant.clients.keys()])) {
    const difference = await compare(services, tenant, credentialId);
    if (difference) yield difference;
  }
}

async function compare(
  services: TenantServices,
  tenant: Tenant,
  credentialId: string,
): Promise<CredentialDifference | undefined> {
  const { tenantId } = tenant;
  const record = tenant.tokens.get(credentialId) ?? tenant.clients.get(credentialId);
  const reading = await services.secrets.read(tenantId, credentialId);
  if (reading.kind === 'unavailable') throw reading.cause;
  if (reading.kind === 'unreadable') return { problem: 'unreadable secret', credentialId };
  if (reading.kind === 'absent') {
    if (!record || isInTheMaking(services, record)) return undefined;
    const remove = tenant.tokens.has(credentialId) ? 'removeToken' : 'removeClient';
    const repair = () => services.tenants[remove](tenantId, credentialId);
    return { problem: 'credential without secret', credentialId, repair };
  }
  const { secret } = reading;
  if (isDeepStrictEqual(secret, expectedSecret(tenant, credentialId, secret))) return undefined;
  return {
    problem: record ? 'secret out of date' : 'secret without credential',
    credentialId,
    repair: async () => {
      await alignSecret(services, tenantId, credentialId);
      return true;
    },
  };
}

function isInTheMaking({ clock }: TenantServices, { created }: TokenRecord | ClientRecord): boolean {
  return clock().getTime() - Date.parse(created) < makingMilliseconds;
}

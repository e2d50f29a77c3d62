import type { Tenant, TokenRecord } from '../../lambda/tenants/tenant';
import { agrees, alignSecret } from '../tenants/align-secret';
import type { TenantServices } from '../tenants/tenant-services';

/** How long the creation of a token may take: its record is written first, its secret a moment later. */
const makingMilliseconds = 10 * 60 * 1000;

/** A token whose record in the tenant item and whose secret do not match. */
export interface TokenDifference {
  readonly problem: 'token without secret' | 'secret without token' | 'secret out of date' | 'unreadable secret';
  readonly tokenId: string;
  /** Repairs it; returns whether it did. Absent if a person has to decide. */
  readonly repair?: () => Promise<boolean>;
}

/** Compares the tokens that tenants list with their secrets, while operators create and revoke tokens. */
export async function* checkTokens(services: TenantServices, tenantId: string): AsyncIterable<TokenDifference> {
  const withSecret: string[] = [];
  for await (const tokenId of services.secrets.list(tenantId)) withSecret.push(tokenId);
  // Read after the list: a tenant lists a token before it has a secret.
  const tenant = await services.tenants.get(tenantId);
  if (!tenant) return;
  for (const tokenId of new Set([...withSecret, ...tenant.tokens.keys()])) {
    const difference = await compare(services, tenant, tokenId);
    if (difference) yield difference;
  }
}

async function compare(
  services: TenantServices,
  tenant: Tenant,
  tokenId: string,
): Promise<TokenDifference | undefined> {
  const { tenantId } = tenant;
  const record = tenant.tokens.get(tokenId);
  const reading = await services.secrets.read(tenantId, tokenId);
  if (reading.kind === 'unavailable') throw reading.cause;
  if (reading.kind === 'unreadable') return { problem: 'unreadable secret', tokenId };
  if (reading.kind === 'absent') {
    if (!record || isInTheMaking(services, record)) return undefined;
    const repair = () => services.tenants.removeToken(tenantId, tokenId);
    return { problem: 'token without secret', tokenId, repair };
  }
  const { secret } = reading;
  if (record && agrees(secret, tenant, record)) return undefined;
  return {
    problem: record ? 'secret out of date' : 'secret without token',
    tokenId,
    repair: async () => {
      await alignSecret(services, tenantId, tokenId);
      return true;
    },
  };
}

function isInTheMaking({ clock }: TenantServices, { created }: TokenRecord): boolean {
  return clock().getTime() - Date.parse(created) < makingMilliseconds;
}

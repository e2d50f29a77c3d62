import type { ClientRecord } from '../../lambda/tenants/client';
import type { Tenant } from '../../lambda/tenants/tenant';
import { OperatorError } from '../error';
import { canAuthenticate, type ListedParts, listParts } from './client-parts';
import type { TenantServices } from './tenant-services';

/** `incomplete`: its creation or revocation was interrupted, and it is not accepted; revoke it. */
export type ClientState = 'live' | 'disabled' | 'expired' | 'incomplete';

export interface ListedClient extends ListedParts, Pick<ClientRecord, 'label' | 'scope' | 'created' | 'lastUse'> {
  readonly clientId: string;
  readonly state: ClientState;
  /** Life of its access tokens in seconds. */
  readonly accessTokenSeconds: number;
}

/**
 * Returns the clients of a tenant with their states, oldest first.
 * @throws OperatorError if a secret was edited by hand; the error of Secrets Manager if that cannot be asked
 */
export async function listClients(services: TenantServices, tenant: Tenant): Promise<readonly ListedClient[]> {
  const now = services.clock();
  const listed = [...tenant.clients].map(async ([clientId, record]): Promise<ListedClient> => {
    const { label, scope, created, lastUse, accessTokenSeconds } = record;
    return {
      clientId,
      ...(label === undefined ? {} : { label }),
      scope,
      state: await stateOf(services, tenant, clientId, record),
      created,
      ...(lastUse === undefined ? {} : { lastUse }),
      accessTokenSeconds,
      ...listParts(record, now),
    };
  });
  return (await Promise.all(listed)).sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
}

async function stateOf(
  services: TenantServices,
  { tenantId }: Tenant,
  clientId: string,
  record: ClientRecord,
): Promise<ClientState> {
  const reading = await services.secrets.read(tenantId, clientId);
  if (reading.kind === 'unavailable') throw reading.cause;
  if (reading.kind === 'unreadable') throw new OperatorError(reading.cause.message, { cause: reading.cause });
  if (reading.kind === 'absent') return 'incomplete';
  if (!canAuthenticate(record, services.clock())) return 'expired';
  return reading.secret.state === 'enabled' ? 'live' : 'disabled';
}

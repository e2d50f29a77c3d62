import { defaultTier } from '../deployment/limits';
import { inParallel } from '../lambda/store/tables';
import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from '../operator/connection/open';
import { readStanding, type Standing } from '../operator/tenants/brake';
import { listClients } from '../operator/tenants/client-list';
import { noUsagePlans } from '../operator/tenants/limits';
import { findTenant } from '../operator/tenants/provision';
import { liveCredentials } from '../operator/tenants/stats';
import type { TenantServices } from '../operator/tenants/tenant-services';
import { listTokens } from '../operator/tenants/tokens';
import { clientTable } from './client/table';
import type { Session } from './command';
import { type CommandOutput, facts, table } from './output';
import { brakeText } from './tenant-state';
import { shortTime, utcTime } from './time';
import { tokenTable } from './token';

/** `tenant list`. */
export async function listTenants({ deployment }: Session): Promise<CommandOutput> {
  const tenants: Tenant[] = [];
  for await (const tenant of deployment.services.tenants.list()) tenants.push(tenant);
  tenants.sort((a, b) => a.label.localeCompare(b.label, 'en'));
  const listed = await inParallel(tenants, async (tenant) => ({
    ...(await deployment.services.tenants.withLastUse(tenant)),
    ...(await readStanding(deployment, tenant.tenantId)),
  }));
  return {
    data: listed.map(describe),
    text: table(
      ['TENANT', 'LABEL', 'PROFILE', 'STATE', 'CREATED (UTC)', 'TOKENS', 'CLIENTS', 'NEXT EXPIRY (UTC)'],
      listed.map((tenant) => {
        const { tenantId, label, profile, created } = tenant;
        const { tokens, clients, next } = liveCredentials(tenant, deployment.services.clock());
        const counts = [String(tokens), String(clients), shortTime(next)];
        return [tenantId, label, profile, stateOf(tenant), shortTime(created), ...counts];
      }),
    ),
  };
}

function limitsOf({ tier }: Tenant, { apiKeys }: TenantServices): string {
  if (apiKeys === noUsagePlans) return 'none: it was deployed with tenantLimits=false';
  return tier ?? `${defaultTier}, shared with other tenants`;
}

/** `tenant show`. */
export async function showTenant({ deployment }: Session, _options: unknown, name: string): Promise<CommandOutput> {
  const found = await findTenant(deployment.services, name);
  const tenant = { ...found, ...(await readStanding(deployment, found.tenantId)) };
  const tokens = await listTokens(deployment.services, tenant);
  const clients = await listClients(deployment.services, tenant);
  const url = deployment.baseUrl(tenant.tenantId);
  const about = facts([
    ['Tenant', tenant.tenantId],
    ['Label', tenant.label],
    ['Profile', tenant.profile],
    ['State', stateOf(tenant)],
    ['Brake', brakeText(tenant, deployment.services.clock())],
    ['Limits', limitsOf(tenant, deployment.services)],
    ...(tenant.localChanges === false ? [['Changes by operators', 'refused'] as const] : []),
    ['Created', utcTime(tenant.created)],
    ['Base URL', url],
  ]);
  return {
    data: { ...describe(tenant), baseUrl: url, tokens, clients },
    text: [about, tokenTable(tokens), ...(clients.length > 0 ? [clientTable(clients)] : [])].join('\n\n'),
    notes: aboutEmulator(deployment, tenant.tenantId),
  };
}

/** How to reach a tenant on an emulator that does not serve the Base URL. */
export function aboutEmulator({ byHost }: Deployment, tenantId: string): readonly string[] {
  if (!byHost) return [];
  const { url, host } = byHost(tenantId);
  return [
    `AWS_ENDPOINT_URL is set, so the Base URL is the emulator's. If that gets 404, use ${url} with the header "Host: ${host}".`,
  ];
}

/** A tenant's state in a word or two. */
function stateOf({ state, paused, holds }: Pick<Tenant, 'state'> & Standing): string {
  return [
    state,
    ...(paused === undefined ? [] : [`paused since ${shortTime(paused)}`]),
    ...(holds === undefined ? [] : ['held by the brake']),
  ].join(', ');
}

/** A tenant for `--json`, without the hashes of client secrets. */
export function describe({ tokens, clients, ...tenant }: Tenant & Standing) {
  const shown = [...clients].map(([id, { version: _, secrets, ...client }]) => {
    return [id, { ...client, secrets: secrets.map(({ hash: __, ...secret }) => secret) }] as const;
  });
  return { ...tenant, tokens: Object.fromEntries(tokens), clients: Object.fromEntries(shown) };
}

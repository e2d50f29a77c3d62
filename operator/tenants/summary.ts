import { inParallel } from '../../lambda/store/tables';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { countRows, failuresOfTenant } from '../store/activity';
import { readStanding, type Standing } from './brake';
import { countTenant, liveCredentials, type TenantStats } from './stats';

const day = 24 * 3_600_000;

/** What a list of tenants shows of one. */
export interface TenantSummary extends Omit<TenantStats, 'tokens' | 'clients'> {
  readonly tenant: Tenant;
  readonly standing: Standing;
  /** Failures of the last 24 hours, and whether there are more than were counted; absent where no activity is kept. */
  readonly failures?: { readonly count: number; readonly more: boolean };
  /** When the first of its live credentials ends, and in how many whole days. */
  readonly expires?: string;
  readonly daysToExpiry?: number;
}

/** Reads what a list shows of some tenants: five calls each, those of a few tenants at the same time. */
export function summariseTenants(
  deployment: Deployment,
  tenants: readonly Tenant[],
): Promise<readonly TenantSummary[]> {
  return inParallel(tenants, (tenant) => summarise(deployment, tenant));
}

async function summarise(deployment: Deployment, tenant: Tenant): Promise<TenantSummary> {
  const { services } = deployment;
  const { tenantId } = tenant;
  const now = services.clock();
  const [stats, standing, failures] = await Promise.all([
    services.tenants.withLastUse(tenant).then((used) => countTenant(deployment, used)),
    readStanding(deployment, tenantId),
    countFailures(deployment, tenantId, now),
  ]);
  const { next } = liveCredentials(tenant, now);
  return {
    ...stats,
    tenant,
    standing,
    ...(failures && { failures }),
    ...(next !== undefined && { expires: next, daysToExpiry: Math.floor((Date.parse(next) - now.getTime()) / day) }),
  };
}

async function countFailures({ activity }: Deployment, tenantId: string, now: Date) {
  if (!activity) return undefined;
  const since = new Date(now.getTime() - day).toISOString();
  return countRows(activity, failuresOfTenant(tenantId), { now, since, kinds: ['failure'] });
}

/** A page of the tenants in the order of their labels. */
export interface TenantPage {
  readonly tenants: readonly Tenant[];
  /** How many there are that fit. */
  readonly total: number;
  /** The label after which the next page begins. */
  readonly next?: string;
}

/**
 * Finds tenants by a part of their label, or by their id. It reads the items of all tenants: a call for hundreds.
 * @param after the label after which the page begins
 */
export async function findTenants(
  { services }: Deployment,
  { search = '', after, count }: { readonly search?: string; readonly after?: string; readonly count: number },
): Promise<TenantPage> {
  const wanted = search.trim().toLowerCase();
  const fitting: Tenant[] = [];
  for await (const tenant of services.tenants.list()) {
    if (tenant.label.toLowerCase().includes(wanted) || tenant.tenantId === wanted) fitting.push(tenant);
  }
  fitting.sort((a, b) => order(a.label, b.label));
  const rest = after === undefined ? fitting : fitting.filter(({ label }) => order(label, after) > 0);
  const tenants = rest.slice(0, count);
  const last = tenants.at(-1);
  return { tenants, total: fitting.length, ...(last && rest.length > count && { next: last.label }) };
}

const order = (a: string, b: string) => a.localeCompare(b, 'en');

import type { Tenant } from '../../lambda/tenants/tenant';
import { whatNeedsAttention } from '../../operator/activity/attention';
import { countUsers, examineTenant, findEnding } from '../../operator/activity/health';
import { recordAction } from '../../operator/activity/record-action';
import { countRefusals } from '../../operator/activity/refusals';
import type { Deployment } from '../../operator/connection/open';
import { readStanding } from '../../operator/tenants/brake';
import { createTenant, findTenant } from '../../operator/tenants/provision';
import { countTenant, liveCredentials } from '../../operator/tenants/stats';
import { findTenants, summariseTenants, type TenantSummary } from '../../operator/tenants/summary';
import type { TenantCalls, TenantRow } from '../../web/api/console/tenants';
import { type Handlers, ofTenant } from '../call';
import { object, oneOf, text, whole } from '../input';
import { factsOf, stateOf } from './facts';
import { entryOf, remedyIn } from './rows';

/** How many tenants a page has. */
const pageSize = 50;

/** How far back refused credentials are looked for: an hour, in milliseconds. */
const refusalTime = 3_600_000;

const day = 24 * 3_600_000;

/** Calls about tenants as a whole. */
export const tenantCalls: Handlers<Omit<TenantCalls, 'session.get'>> = {
  'tenants.list': {
    input: object({}, { search: text(), cursor: text() }),
    run: async ({ deployment }, { search, cursor }) => {
      const { tenants, total, next } = await findTenants(deployment, {
        ...(search !== undefined && { search }),
        ...(cursor !== undefined && { after: cursor }),
        count: pageSize,
      });
      const summaries = await summariseTenants(deployment, tenants);
      return { tenants: summaries.map(rowOf), total, ...(next !== undefined && { next }) };
    },
  },

  'tenants.create': {
    input: object(
      { label: text(), profile: oneOf(['identity-center', 'standard', 'aws-scim-clients']) },
      { tokenLabel: text(200), days: whole(1, 36_500) },
    ),
    run: async ({ deployment }, { label, profile, tokenLabel, days }) => {
      const { services } = deployment;
      const { tenantId, tokenId, token, expires } = await createTenant(services, {
        label,
        profile,
        ...(tokenLabel !== undefined && { tokenLabel }),
        ...(days !== undefined && { life: days * day }),
      });
      const notes = await recordAction(deployment, tenantId, { action: 'tenantCreated', values: { label, profile } });
      const tenant = factsOf(deployment, await findTenant(services, tenantId), {});
      return { tenant, token: { id: tokenId, token, expires }, notes };
    },
  },

  'tenant.overview': ofTenant({}, {}, async ({ deployment, tenant }) => {
    const health = await examine(deployment, tenant);
    const { now, lastSuccess, failures, users, groups } = health;
    const { next, ...credentials } = liveCredentials(tenant, deployment.services.clock());
    return {
      ...factsOf(deployment, tenant, now),
      users,
      groups,
      credentials: { ...credentials, ...(next !== undefined && { nextExpiry: next }) },
      ...(lastSuccess && { lastSuccess: entryOf(lastSuccess) }),
      failures: failures.map(({ count, status, last }) => ({ count, status, last: entryOf(last) })),
      attention: whatNeedsAttention(health).map((one) => ({ sentence: one.message, ...remedyIn(one) })),
    };
  }),

  'tenant.countUsers': ofTenant({}, {}, ({ deployment, tenant }) => countUsers(deployment, tenant)),

  'tenant.refusals': ofTenant({}, {}, async ({ deployment, tenant }) => {
    const since = new Date(deployment.services.clock().getTime() - refusalTime);
    const found = await countRefusals(deployment, tenant, since);
    const refusals = found.map(({ what, do: todo, reason: _, ...counts }) => ({
      ...counts,
      sentence: what,
      remedy: { text: todo, to: { screen: 'credentials', tenant: tenant.tenantId } as const },
    }));
    return { refusals: refusals.reverse() };
  }),
};

/** A deployment that keeps no activity knows no failures. */
async function examine(deployment: Deployment, tenant: Tenant): ReturnType<typeof examineTenant> {
  if (deployment.activity) return examineTenant(deployment, tenant);
  const [now, { users, groups }] = await Promise.all([
    readStanding(deployment, tenant.tenantId),
    countTenant(deployment, tenant),
  ]);
  const { tenantId, label, state } = tenant;
  const ending = findEnding(tenant, deployment.services.clock());
  return { tenantId, label, state, now, failures: [], users, groups, repeated: [], ending };
}

function rowOf({
  tenant,
  standing,
  users,
  groups,
  lastUse,
  failures,
  expires,
  daysToExpiry,
}: TenantSummary): TenantRow {
  return {
    id: tenant.tenantId,
    label: tenant.label,
    profile: tenant.profile,
    state: stateOf(tenant, standing),
    users,
    groups,
    ...(lastUse !== undefined && { lastRequest: lastUse }),
    ...(failures && { failures }),
    ...(expires !== undefined && { expires }),
    ...(daysToExpiry !== undefined && { daysToExpiry }),
  };
}

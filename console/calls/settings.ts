import { defaultTier, tiers } from '../../deployment/limits';
import { userType } from '../../lambda/directory/resource-types';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { deleteWholeTenant } from '../../operator/actions/delete-tenant';
import { recordAction } from '../../operator/activity/record-action';
import { openDirectory } from '../../operator/directory/read';
import { localTime } from '../../operator/local-time';
import { describeHolds, readStanding, releaseTenant, releaseUser, setBrake } from '../../operator/tenants/brake';
import { noUsagePlans, setTenantTier } from '../../operator/tenants/limits';
import { renameTenant, setTenantState } from '../../operator/tenants/provision';
import { pauseTenant, resumeTenant, setLocalChanges } from '../../operator/tenants/state';
import type { SettingCalls } from '../../web/api/console/settings';
import { type Handlers, ofTenant, type TenantContext } from '../call';
import { requireTyped } from '../confirm';
import { flag, oneOf, text, whole } from '../input';
import { factsOf } from './facts';
import { cacheNote } from './tokens';

const hour = 3_600_000;

/** When every process follows a change of a tenant's state. */
const soon = `It takes effect within ${stateCacheTime / 1000} seconds.`;

/** Calls about the settings of a tenant. */
export const settingCalls: Handlers<SettingCalls> = {
  'settings.get': ofTenant({}, {}, async (context) => {
    const { deployment, tenant } = context;
    const standing = await readStanding(deployment, tenant.tenantId);
    const { paused, brake = false, holds = [], releasedUntil, localChanges = true, recordUntil } = standing;
    return {
      ...factsOf(deployment, tenant, standing),
      enabled: tenant.state === 'enabled',
      ...(paused !== undefined && { paused }),
      ...limitsOf(context),
      brake: {
        on: brake,
        holds: holds.map((hold) => {
          const { counter: what, since, counted, limit } = hold;
          return { what, since, counted, limit, sentence: `The brake ${describeHolds([hold], localTime)}.` };
        }),
        ...(isLater(context, releasedUntil) && { releasedUntil }),
      },
      localChanges,
      ...(isLater(context, recordUntil) && { recordUntil }),
    };
  }),

  'settings.rename': ofTenant({ label: text() }, {}, async ({ deployment, tenant }, { label }) => {
    await renameTenant(deployment.services, tenant, label);
    const values = { from: tenant.label, label };
    return { notes: await recordAction(deployment, tenant.tenantId, { action: 'tenantRenamed', values }) };
  }),

  'settings.setLimits': ofTenant({ tier: oneOf(tiers) }, {}, async ({ deployment, tenant }, { tier }) => {
    await setTenantTier(deployment.services, tenant, tier);
    const unrecorded = await recordAction(deployment, tenant.tenantId, { action: 'limitsChanged', values: { tier } });
    return { notes: [cacheNote, ...unrecorded] };
  }),

  'settings.setEnabled': ofTenant({ enabled: flag }, {}, async ({ deployment, tenant }, { enabled }) => {
    await setTenantState(deployment.services, tenant.tenantId, enabled ? 'enabled' : 'disabled');
    const action = enabled ? 'tenantEnabled' : 'tenantDisabled';
    return { notes: [cacheNote, ...(await recordAction(deployment, tenant.tenantId, { action }))] };
  }),

  'settings.setPaused': ofTenant({ paused: flag }, {}, async ({ deployment, tenant }, { paused }) => {
    const before = await deployment.services.tenants.readState(tenant.tenantId);
    if (paused === (before.paused !== undefined)) {
      return { notes: [`The tenant is ${paused ? 'paused already' : 'not paused'}: nothing was changed.`] };
    }
    await (paused ? pauseTenant : resumeTenant)(deployment.services, tenant);
    const action = paused ? 'tenantPaused' : 'tenantResumed';
    return { notes: [soon, ...(await recordAction(deployment, tenant.tenantId, { action }))] };
  }),

  'settings.setBrake': ofTenant({ on: flag }, {}, async ({ deployment, tenant }, { on }) => {
    await setBrake(deployment, tenant, on);
    const action = on ? 'brakeOn' : 'brakeOff';
    return { notes: [soon, ...(await recordAction(deployment, tenant.tenantId, { action }))] };
  }),

  'settings.release': ofTenant({}, { hours: whole(1, 168) }, async ({ deployment, tenant }, { hours }) => {
    const until = await releaseTenant(deployment, tenant, hours === undefined ? undefined : hours * hour);
    const unrecorded = await recordAction(deployment, tenant.tenantId, { action: 'brakeReleased', values: { until } });
    return { until, notes: [soon, again, ...unrecorded] };
  }),

  'settings.releaseUser': ofTenant({ user: text() }, {}, async ({ deployment, tenant }, { user }) => {
    const { find } = await openDirectory(deployment, tenant.tenantId);
    const { id, userName } = await find(userType, user, { attributes: 'userName' });
    await releaseUser(deployment, tenant, String(id));
    const unrecorded = await recordAction(deployment, tenant.tenantId, {
      action: 'userReleased',
      resource: { type: 'User', id: String(id) },
      personal: { name: String(userName) },
    });
    const done = `User ${String(userName)} (${String(id)}) may be disabled or deleted; everything else stays held.`;
    return { notes: [done, again, ...unrecorded] };
  }),

  'settings.setLocalChanges': ofTenant({ allowed: flag }, {}, async ({ deployment, tenant }, { allowed }) => {
    await setLocalChanges(deployment.services, tenant, allowed);
    const action = allowed ? 'localChangesOn' : 'localChangesOff';
    return { notes: await recordAction(deployment, tenant.tenantId, { action }) };
  }),

  'settings.deleteTenant': ofTenant({ confirm: text() }, {}, async ({ deployment, tenant }, { confirm }) => {
    requireTyped(confirm, tenant.label);
    const { notes } = await deleteWholeTenant(deployment, tenant);
    return { notes: [`Tenant ${tenant.tenantId} (${tenant.label}) is deleted.`, ...notes] };
  }),
};

const again = 'The identity provider sends the requests again by itself, or an administrator starts them there.';

function limitsOf({ deployment, tenant }: TenantContext) {
  if (deployment.services.apiKeys === noUsagePlans) return {};
  return { limits: { tier: tenant.tier ?? defaultTier, shared: tenant.tier === undefined } };
}

function isLater({ deployment }: TenantContext, until: string | undefined): until is string {
  return until !== undefined && Date.parse(until) > deployment.services.clock().getTime();
}

import type { ProfileName } from '../../lambda/scim/schema/profile';
import { profiles } from '../../lambda/scim/schema/profiles';
import { labelPattern, type Tenant, type TenantStatus } from '../../lambda/tenants/tenant';
import { makeId } from '../../lambda/tenants/token-format';
import { OperatorError } from '../error';
import { alignSecrets, createSecret } from './align-secret';
import { requireOneOf } from './check-options';
import { tokenSecret } from './credential-secrets';
import { giveFirstKey } from './limits';
import { tenantGone } from './tenant-errors';
import type { TenantServices } from './tenant-services';
import { type CreatedToken, newToken, type TokenOptions } from './tokens';

export interface NewTenant extends TokenOptions {
  readonly label: string;
  readonly profile: ProfileName;
}

export interface CreatedTenant extends CreatedToken {
  readonly tenantId: string;
}

/**
 * Creates a tenant with its first token. The token cannot be read again. `expires` and `tokenLabel` belong to that
 * token.
 * @throws OperatorError if the label is invalid or exists, or the profile does not exist.
 */
export async function createTenant(services: TenantServices, tenant: NewTenant): Promise<CreatedTenant> {
  checkLabel(tenant.label);
  requireOneOf('profile', tenant.profile, Object.keys(profiles));
  const tenantId = makeId(services.random);
  const { created, record, hash } = newToken(services, tenantId, tenant);
  const added = await services.tenants.create({
    tenantId,
    label: tenant.label,
    profile: tenant.profile,
    state: 'enabled',
    created: record.created,
    tokens: new Map([[created.tokenId, record]]),
    clients: new Map(),
  });
  if (!added) throw labelTaken(tenant.label);
  const tier = await giveFirstKey(services, tenantId);
  const { profile } = tenant;
  const secret = tokenSecret({ profile, state: 'enabled', ...(tier ? { tier } : {}) }, record, hash);
  await createSecret(services, tenantId, created.tokenId, secret);
  return { tenantId, ...created };
}

/**
 * Finds the tenant with this id or label.
 * @throws OperatorError if there is none.
 */
export async function findTenant(services: TenantServices, name: string): Promise<Tenant> {
  const tenant = (await services.tenants.get(name)) ?? (await services.tenants.findByLabel(name));
  if (tenant) return tenant;
  throw new OperatorError(
    `No tenant has the id or label ${JSON.stringify(name)}: check the spelling, and the deployment.`,
    { remedy: { operation: 'list tenants' } },
  );
}

/**
 * Changes a tenant's label; its id, URL and tokens stay.
 * @throws OperatorError if the label is invalid or belongs to another tenant.
 */
export async function renameTenant(services: TenantServices, tenant: Tenant, label: string): Promise<void> {
  checkLabel(label);
  if (label === tenant.label) return;
  if (await services.tenants.rename(tenant, label)) return;
  const holder = await services.tenants.findByLabel(label);
  if (holder && holder.tenantId !== tenant.tenantId) throw labelTaken(label);
  throw new OperatorError(`Tenant ${tenant.tenantId} was changed by somebody else in the meantime: try again.`);
}

/**
 * Disables or enables a tenant; directory and tokens stay. It takes effect when the caches of the
 * authorizer and the gateway have expired (see docs/credentials.md).
 * @throws OperatorError if there is no such tenant.
 */
export async function setTenantState(services: TenantServices, tenantId: string, state: TenantStatus): Promise<void> {
  if (state === 'enabled' && (await services.tenants.readState(tenantId)).deleted) {
    throw new OperatorError(`Tenant ${tenantId} is being deleted: delete it again to complete the deletion.`, {
      remedy: { operation: 'delete tenant', values: { tenant: tenantId } },
    });
  }
  if (!(await services.tenants.setState(tenantId, state))) throw tenantGone(tenantId);
  const tenant = await services.tenants.get(tenantId);
  if (tenant) await alignSecrets(services, tenant);
}

function checkLabel(label: string): void {
  if (typeof label === 'string' && labelPattern.test(label)) return;
  throw new OperatorError(
    `The label ${JSON.stringify(label)} is not valid: use 1 to 64 letters, digits, dots, hyphens or underscores, starting with a letter or digit.`,
  );
}

const labelTaken = (label: string) =>
  new OperatorError(`A tenant with the label "${label}" exists already: choose another label, or rename that tenant.`);

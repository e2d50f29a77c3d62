import { OperatorError } from '../error';

/** The error for a tenant that does not exist, or was deleted in the meantime. */
export const tenantGone = (tenantId: string) =>
  new OperatorError(`There is no tenant ${tenantId}; it may have been deleted: use another tenant.`, {
    remedy: { operation: 'list tenants' },
  });

/** The error for an operation that a disabled tenant does not allow. */
export const tenantDisabled = (tenant: string) =>
  new OperatorError(`Tenant ${tenant} is disabled: enable it first.`, {
    remedy: { operation: 'enable tenant', values: { tenant } },
  });

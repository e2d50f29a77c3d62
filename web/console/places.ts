import type { ApiRemedy } from '../api/error';
import { hrefTo } from '../ui/router';

/** The address of a screen of a tenant, such as `['users', id]`, with the state of the screen. */
export function tenantPlace(
  tenant: string,
  path: readonly string[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  return hrefTo(['tenants', tenant, ...path], query);
}

/** The address of the screen that a remedy names; undefined if it needs a tenant and names none. */
export function remedyPlace(to: NonNullable<ApiRemedy['to']>): string | undefined {
  if (to.screen === 'tenants') return hrefTo([]);
  if (to.tenant === undefined) return undefined;
  return tenantPlace(to.tenant, to.screen === 'overview' ? [] : [to.screen]);
}

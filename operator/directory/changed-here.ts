import type { Collection } from '../../lambda/directory/store';
import { isExpired, type Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';

/** An operator's own change of a resource, which its identity provider does not know. */
export interface ChangedHere {
  /** When, as ISO 8601 in UTC. */
  readonly on: string;
  /** The command, such as `user restore`. */
  readonly action: string;
}

/** The operator's change of a resource, unless its identity provider has written it since. */
export async function changedHere(
  { store }: Pick<Deployment, 'store'>,
  collection: Collection,
  id: string,
): Promise<ChangedHere | undefined> {
  const stored = await store.get(collection, id);
  return stored?.by?.operator && { on: stored.modified, action: stored.by.action ?? 'scim-admin' };
}

/** What a tenant's identity provider is called: the label of its credentials, if they have one and the same. */
export function identityProviderOf({ tokens }: Pick<Tenant, 'tokens'>, now: Date): string {
  const live = [...tokens.values()].filter((token) => !isExpired(token, now));
  const labels = [...new Set(live.map(({ label }) => label))];
  return (labels.length === 1 && labels[0]) || 'the identity provider';
}

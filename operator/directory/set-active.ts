import { userType } from '../../lambda/directory/resource-types';
import { retry } from '../../lambda/directory/retry';
import type { Collection } from '../../lambda/directory/store';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { operatorNote } from '../operator-note';
import { requireLocalChanges } from './local-changes';

/** The commands that set whether a user is active, as notes have them. */
const actions = { true: 'user enable', false: 'user disable' } as const;

/**
 * Enables or disables a user, as an operator's own change: it counts until the identity provider writes the user again.
 * @param note makes the note of who did it
 * @returns the id of this run; undefined if the user was enabled or disabled already, and nothing was changed
 * @throws OperatorError if there is no such user, or operators may not change users
 */
export async function setActive(
  { store, services }: Pick<Deployment, 'store' | 'services'>,
  tenant: Tenant,
  id: string,
  active: boolean,
  note: typeof operatorNote = operatorNote,
): Promise<string | undefined> {
  await requireLocalChanges(services, tenant);
  const collection: Collection = { tenantId: tenant.tenantId, type: userType.name };
  const by = note(actions[`${active}`]);
  return retry(async () => {
    const stored = await store.getToChange(collection, id);
    if (!stored) throw new OperatorError(`User ${id} was deleted in the meantime: nothing was changed.`);
    if ((stored.resource.active !== false) === active) return undefined;
    const next = {
      ...stored,
      version: stored.version + 1,
      modified: services.clock().toISOString(),
      resource: { ...stored.resource, active },
      by,
    };
    // No index has `active`, so the entries stay.
    await store.update(collection, { stored, entries: [] }, { stored: next, entries: [] });
    return by.request;
  });
}

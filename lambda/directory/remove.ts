import { makeContext } from './context';
import { readExisting, resourceId } from './get';
import { indexEntries } from './index-entries';
import { checkPreconditions, untilFresh } from './precondition';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';

/**
 * DELETE of one resource (RFC 7644 §3.6): 204; its entries and memberships go with it.
 * @throws ScimError 404, 412
 */
export function removeHandler(type: ResourceType): MethodHandler {
  return (services, request) => {
    const context = makeContext(services, request, type);
    const { store, view, collection } = context;
    return untilFresh(async () => {
      const stored = await readExisting(context, resourceId(context));
      checkPreconditions(request, stored.version);
      const entries = indexEntries(type, view, stored.resource);
      const result = await store.remove(collection, { stored, entries }, services.now().toISOString());
      return result === 'stale' ? result : { status: 204 };
    });
  };
}

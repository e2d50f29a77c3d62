import { brakeRemoval } from './brake';
import { makeContext } from './context';
import { readExisting, resourceId } from './get';
import { indexEntries } from './index-entries';
import { noteOf } from './note-of';
import { checkPreconditions } from './precondition';
import type { MethodHandler, ScimRequest, Services } from './request';
import type { ResourceType } from './resource-types';
import { retry } from './retry';
import type { Deletion } from './store';

/**
 * DELETE of one resource (RFC 7644 §3.6): 204; its entries and memberships are deleted too.
 * @throws ScimError 404, 412; 429 when the brake holds it, or others keep changing the resource
 */
export function removeHandler(type: ResourceType): MethodHandler {
  return (services, request) => {
    const context = makeContext(services, request, type);
    const { store, view, collection } = context;
    return retry(async () => {
      const stored = await readExisting(context, resourceId(context));
      checkPreconditions(request, stored.version);
      await brakeRemoval(context, stored);
      const entries = indexEntries(type, view, stored.resource);
      await store.remove(collection, { stored, entries }, deletionBy(services, request));
      return { status: 204 };
    });
  };
}

function deletionBy(services: Services, request: ScimRequest): Deletion {
  return { deleted: services.now().toISOString(), by: noteOf(services, request) };
}

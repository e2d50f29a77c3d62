import { normaliseResource } from '../scim/resource/normalise';
import { validateResource } from '../scim/resource/validate';
import { makeContext } from './context';
import { indexEntries } from './index-entries';
import { checkMembers, splitMembers } from './members';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';
import { representResource } from './respond';
import type { StoredResource } from './store';

/**
 * POST to a resource type's endpoint (RFC 7644 §3.3): 201 with the resource.
 * @throws ScimError 400 for a body that breaks the schema or names unknown members, 409 for a value already used
 */
export function createHandler(type: ResourceType): MethodHandler {
  return async (services, request) => {
    const context = makeContext(services, request, type);
    const { store, view, collection } = context;
    const body = normaliseResource(view, request.body ?? null);
    const { resource: sent, members: sentMembers = [] } = splitMembers(context, body);
    const { defaults } = view.rules;
    const resource = { ...defaults, ...sent };
    validateResource(view, { ...defaults, ...body });
    const members = sentMembers.length > 0 ? await checkMembers(context, undefined, sentMembers) : [];

    const instant = services.now().toISOString();
    const stored: StoredResource = { id: services.newId(), version: 1, created: instant, modified: instant, resource };
    await store.create(collection, { stored, entries: indexEntries(type, view, resource) }, members);
    return representResource(context, 201, stored, type.membership === 'members' ? { members } : {});
  };
}

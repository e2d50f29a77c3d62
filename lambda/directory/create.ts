import { readBodyMembers } from '../scim/members/read';
import { normaliseResource } from '../scim/resource/normalise';
import { validateResource } from '../scim/resource/validate';
import { makeContext } from './context';
import { indexEntries } from './index-entries';
import { findMembers, requireMembers } from './members';
import { membersNote, noteOf } from './note-of';
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
    const body = request.body ?? null;
    const resource = { ...view.rules.defaults, ...normaliseResource(view, body) };
    const sentMembers = readBodyMembers(view, body) ?? [];
    validateResource(view, resource);
    const found = await findMembers(context, sentMembers);
    const members = await requireMembers(context, undefined, sentMembers, found);

    const instant = services.now().toISOString();
    const by = noteOf(
      services,
      request,
      membersNote(
        members.map(({ value }) => value),
        [],
      ),
    );
    const stored: StoredResource = {
      id: services.newId(),
      version: 1,
      created: instant,
      modified: instant,
      resource,
      by,
    };
    await store.create(collection, { stored, entries: indexEntries(type, view, resource) }, members);
    return representResource(context, 201, stored, type.membership === 'members' ? { members } : {});
  };
}

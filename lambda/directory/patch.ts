import { mutability } from '../scim/message/error';
import { applyPatch, memberChange, needsMembers } from '../scim/patch/apply';
import { type PatchOperation, parsePatch } from '../scim/patch/operations';
import { checkImmutable } from '../scim/resource/immutable';
import type { Resource } from '../scim/resource/resource';
import { validateResource } from '../scim/resource/validate';
import { type Context, makeContext } from './context';
import { readExisting, resourceId } from './get';
import { difference } from './members';
import { checkPreconditions, untilFresh } from './precondition';
import type { MethodHandler, ScimResponse } from './request';
import type { ResourceType } from './resource-types';
import { type Memberships, readMemberships, readUntouched, representChanged, resourceHeaders } from './respond';
import { save } from './save';
import type { StoredResource } from './store';
import { together } from './together';

/**
 * PATCH of one resource (RFC 7644 §3.5.2), refused as a whole or applied as a whole: 200 with a user; 204 for a group,
 * unless the request says which attributes it wants, so that a change never reads a large group.
 * @throws ScimError 400, 404, 409, 412
 */
export function patchHandler(type: ResourceType): MethodHandler {
  return (services, request) => {
    const context = makeContext(services, request, type);
    const operations = parsePatch(context.view, request.body ?? null, request.work);
    const id = resourceId(context);
    const selects = needsMembers(operations);

    return untilFresh(async () => {
      const [[before, untouched, members], compared] = await together(
        Promise.all([
          readExisting(context, id),
          readUntouched(context, id),
          selects ? context.store.members(context.collection.tenantId, id) : undefined,
        ]),
        selects ? Promise.resolve(undefined) : compare(context, id, operations),
      );
      checkPreconditions(request, before.version);
      const { resource, members: change } = applyPatch(
        context.view,
        before.resource,
        operations,
        members,
        request.work,
      );
      if (resource !== before.resource) {
        validateResource(context.view, resource, before.resource);
        checkImmutable(context.view, before.resource, resource);
        checkNotRemoved(type, before.resource, resource);
      }
      const stored = await save(context, before, resource, compared() ?? (await difference(context, id, change)));
      return stored === 'stale' ? stored : answer(context, stored, untouched);
    });
  };
}

/** What operations do to a group's members, where the present ones need not be known to tell; while the group is read. */
async function compare(context: Context, id: string, operations: readonly PatchOperation[]) {
  return difference(context, id, memberChange(operations, [], context.request.work));
}

/** A disabled user without `active` would pass for an enabled one with whoever reads it. @throws ScimError 400 */
function checkNotRemoved({ notRemovable }: ResourceType, before: Resource, after: Resource): void {
  const lost = notRemovable.find((name) => before[name] !== undefined && after[name] === undefined);
  if (lost) throw mutability(`${lost} cannot be removed; replace it with the value it shall have.`);
}

async function answer(
  context: Context,
  stored: StoredResource,
  untouched: Memberships | undefined,
): Promise<ScimResponse> {
  const { query } = context.request;
  const asked = query.has('attributes') || query.has('excludedAttributes');
  if (context.type.membership === 'members' && !asked) {
    return { status: 204, headers: resourceHeaders(context, stored) };
  }
  return representChanged(context, 200, stored, untouched ?? (await readMemberships(context, stored.id)));
}

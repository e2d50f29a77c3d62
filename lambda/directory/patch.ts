import { mutability } from '../scim/message/error';
import { applyPatch } from '../scim/patch/apply';
import { parsePatch } from '../scim/patch/operations';
import type { Resource } from '../scim/resource/resource';
import { changeResource } from './change';
import { type Context, makeContext } from './context';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';
import { readChangedMemberships, representChanged, resourceHeaders } from './respond';

/**
 * PATCH of one resource (RFC 7644 §3.5.2), refused as a whole or applied as a whole: 200 with a user; 204 for a group,
 * unless the request says which attributes it wants, so that a change never reads a large group.
 * @throws ScimError 400, 404, 409, 412, 429
 */
export function patchHandler(type: ResourceType): MethodHandler {
  return async (services, request) => {
    const context = makeContext(services, request, type);
    const { view } = context;
    const patch = parsePatch(view, request.body ?? null, request.work);
    const apply = (before: Resource) => checkNotRemoved(type, before, applyPatch(view, before, patch, request.work));
    const changed = await changeResource(context, {
      members: patch.members,
      ...(patch.attributes.length > 0 && { apply }),
    });
    const { stored } = changed;
    if (answersWithoutBody(context)) return { status: 204, headers: resourceHeaders(context, stored) };
    const memberships = changed.memberships ?? (await readChangedMemberships(context, stored.id));
    return representChanged(context, 200, stored, memberships);
  };
}

/** A disabled user without `active` would look enabled to clients. @throws ScimError 400 */
function checkNotRemoved({ notRemovable }: ResourceType, before: Resource, after: Resource): Resource {
  const lost = notRemovable.find((name) => before[name] !== undefined && after[name] === undefined);
  if (lost) throw mutability(`${lost} cannot be removed; replace it with the value that it should have.`);
  return after;
}

function answersWithoutBody({ type, request: { query } }: Context): boolean {
  return type.membership === 'members' && !query.has('attributes') && !query.has('excludedAttributes');
}

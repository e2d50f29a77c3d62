import type { Json } from '../scim/json';
import { membersOf, readBodyMembers } from '../scim/members/read';
import { normaliseResource } from '../scim/resource/normalise';
import type { Resource } from '../scim/resource/resource';
import type { ResourceView } from '../scim/schema/view';
import { changeResource } from './change';
import { makeContext } from './context';
import type { Edit } from './edit';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';
import { readChangedMemberships, representChanged } from './respond';

/**
 * PUT of one resource (RFC 7644 §3.5.1): 200 with the resource. What the body leaves out is unassigned or has its
 * default, a group's members too, except what the profile keeps (`active`: a profile push must never re-enable a user).
 * @throws ScimError 400, 404, 409, 412, 429
 */
export function replaceHandler(type: ResourceType): MethodHandler {
  return async (services, request) => {
    const context = makeContext(services, request, type);
    const { view } = context;
    const body = request.body ?? null;
    const sent = normaliseResource(view, body);
    const { stored, memberships } = await changeResource(context, {
      apply: (before) => ({ ...view.rules.defaults, ...kept(view, before), ...sent }),
      ...replacedMembers(view, body),
    });
    return representChanged(context, 200, stored, memberships ?? (await readChangedMemberships(context, stored.id)));
  };
}

function kept({ rules }: ResourceView, before: Resource): Resource {
  return Object.fromEntries(
    rules.keptOnReplace.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])),
  );
}

/** The members in a body, which replace the present ones; nothing for a resource without members. */
function replacedMembers(view: ResourceView, body: Json): Pick<Edit, 'members' | 'clears'> {
  const attribute = membersOf(view);
  if (!attribute) return { members: [] };
  const members = readBodyMembers(view, body);
  if (members === undefined && view.rules.keptOnReplace.includes(attribute.name)) return { members: [] };
  return {
    members: [{ kind: 'members', label: 'The request', effect: { kind: 'replace', members: members ?? [] } }],
    ...(members === undefined && { clears: true }),
  };
}

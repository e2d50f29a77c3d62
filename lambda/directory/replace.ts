import { isObject, type Json } from '../scim/json';
import { type Member, type MemberChange, noMemberChange } from '../scim/patch/member-change';
import { checkImmutable } from '../scim/resource/immutable';
import { normaliseResource } from '../scim/resource/normalise';
import type { Resource } from '../scim/resource/resource';
import { validateResource } from '../scim/resource/validate';
import { type Context, makeContext } from './context';
import { readExisting, resourceId } from './get';
import { difference, splitMembers } from './members';
import { checkPreconditions, untilFresh } from './precondition';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';
import { readMemberships, readUntouched, representChanged } from './respond';
import { save } from './save';
import { together } from './together';

/**
 * PUT of one resource (RFC 7644 §3.5.1): 200 with the resource. What the body leaves out is unassigned or has its
 * default, except what the profile keeps (`active`: a profile push must never re-enable a user) and a group's members.
 * @throws ScimError 400, 404, 409, 412
 */
export function replaceHandler(type: ResourceType): MethodHandler {
  return (services, request) => {
    const context = makeContext(services, request, type);
    const body = normaliseResource(context.view, request.body ?? null);
    const { resource: sent, members } = splitMembers(context, body);
    const change = memberChange(context, members);
    const id = resourceId(context);

    return untilFresh(async () => {
      const [[before, untouched], compared] = await together(
        Promise.all([readExisting(context, id), readUntouched(context, id)]),
        difference(context, id, change),
      );
      checkPreconditions(request, before.version);
      const resource = { ...context.view.rules.defaults, ...kept(context, before.resource), ...sent };
      validateResource(context.view, { ...body, ...resource }, before.resource);
      checkImmutable(context.view, before.resource, resource);
      const stored = await save(context, before, resource, compared());
      if (stored === 'stale') return stored;
      return representChanged(context, 200, stored, untouched ?? (await readMemberships(context, id)));
    });
  };
}

function kept({ view }: Context, before: Resource): Resource {
  return Object.fromEntries(
    view.rules.keptOnReplace.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]])),
  );
}

/** What the body says of a group's members: these instead of the present ones, or nothing. */
function memberChange({ type, request }: Context, members: readonly Member[] | undefined): MemberChange {
  const replaces = type.membership === 'members' && (members !== undefined || clearsMembers(request.body));
  if (!replaces) return noMemberChange;
  return { replaces, added: new Map((members ?? []).map((member) => [member.value, member])), removed: new Set() };
}

/** Whether the body names `members`, even with nothing in it: an empty list clears, a missing one keeps. */
function clearsMembers(body: Json | undefined): boolean {
  return isObject(body) && Object.keys(body).some((name) => name.toLowerCase() === 'members');
}

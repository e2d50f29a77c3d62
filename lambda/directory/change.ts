import { type MemberChange, memberChange, needsMembers } from '../scim/members/change';
import { brakeChange } from './brake';
import { changeManyMembers } from './change-many-members';
import { changeOneMember } from './change-one-member';
import type { Context } from './context';
import { type Changed, type Edit, indexed, nextState } from './edit';
import { noSuchResource, resourceId } from './get';
import { checkPreconditions, hasPreconditions } from './precondition';
import { readChangedMemberships } from './respond';
import { retry } from './retry';

/**
 * Changes the resource that the request's path names. If another request comes first, it reads the resource again and
 * applies the change again. One membership is one item, so a request that changes one and nothing else needs no lease. A
 * request that changes several, or must know the present ones, takes one: see docs/decisions/group-lease.md.
 * @throws ScimError 400, 404, 409, 412; 429 when the brake holds it, or others keep changing the resource
 */
export function changeResource(context: Context, edit: Edit): Promise<Changed> {
  const id = resourceId(context);
  const { work } = context.request;
  const change = needsMembers(edit.members) ? undefined : memberChange(edit.members, [], work);
  return retry((attempt) => {
    if (attempt > 1) work.repeat();
    if (change && isEmpty(change)) return changeAttributes(context, id, edit);
    if (change && isOne(change) && !edit.apply && !hasPreconditions(context.request)) {
      return changeOneMember(context, id, edit, change);
    }
    return changeManyMembers(context, id, edit);
  });
}

function isEmpty({ replaces, added, removed }: MemberChange): boolean {
  return !replaces && added.size + removed.size === 0;
}

function isOne({ replaces, added, removed }: MemberChange): boolean {
  return !replaces && added.size + removed.size === 1;
}

/** Changes a user, or a group and none of its members. */
async function changeAttributes(context: Context, id: string, edit: Edit): Promise<Changed> {
  const { store, collection, type } = context;
  const [before, groups] = await Promise.all([
    store.getToChange(collection, id),
    type.membership === 'groups' ? readChangedMemberships(context, id) : undefined,
  ]);
  if (!before) throw noSuchResource(type, id);
  checkPreconditions(context.request, before.version);
  const next = nextState(context, edit, before);
  if (next) {
    await brakeChange(context, before, next);
    await store.update(collection, indexed(context, before), indexed(context, next));
  }
  return { stored: next ?? before, ...(groups && { memberships: groups }) };
}

import type { MemberChange } from '../scim/members/change';
import { tooLarge, tooMany } from '../scim/message/error';
import { maxMemberChanges, maxReadMemberships } from '../scim/message/limits';
import type { ResourceType } from './resource-types';
import type { Bound } from './store';

/** The most memberships that a response shows. */
export function answered({ membership }: ResourceType): Bound {
  return {
    most: maxReadMemberships,
    refuse: () =>
      tooMany(
        `The response would show more than ${maxReadMemberships} ${membership}. Send excludedAttributes=${membership}, ` +
          'or ask for fewer resources by count.',
      ),
  };
}

/** The most memberships that a search reads. */
export const searched: Bound = {
  most: maxReadMemberships,
  refuse: () =>
    tooMany(
      `This filter would read more than ${maxReadMemberships} memberships. Use a filter on smaller groups, or one on ` +
        'the resources themselves.',
    ),
};

/** The most members of a group that a filter of a PATCH reads. */
export const selected: Bound = {
  most: maxReadMemberships,
  refuse: () =>
    tooLarge(
      `The group has more than ${maxReadMemberships} members, more than one request may compare with a filter. Remove ` +
        `members by their ids, members[value eq "<id>"], at most ${maxMemberChanges} per request.`,
    ),
};

/** The most present members that a replacement reads: with more, it would change more than one request may. */
export function replaced({ added }: MemberChange): Bound {
  const most = added.size + maxMemberChanges;
  return {
    most,
    refuse: () =>
      tooLarge(
        `The group has more than ${most} members, so replacing them by ${added.size} changes more than ` +
          `${maxMemberChanges} memberships. Add and remove members by their ids, in several requests.`,
      ),
  };
}

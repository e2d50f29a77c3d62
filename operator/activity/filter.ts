import { groupType, userType } from '../../lambda/directory/resource-types';
import type { OpenActivity } from './open';
import type { ActivityFilter } from './read';
import { findSubject } from './subject';

/** What somebody asks for, in words. */
export interface WantedActivity {
  readonly failed?: boolean;
  /** Id or userName of a user. With one, the group is ignored. */
  readonly user?: string;
  readonly group?: string;
  readonly credential?: string;
  readonly since?: Date;
}

/**
 * The filter of activity for what somebody asks for.
 * @throws OperatorError if the directory has no such user or group, and no row names one
 */
export async function activityFilter(
  activity: OpenActivity,
  { failed, user, group, credential, since }: WantedActivity,
): Promise<ActivityFilter> {
  const subject =
    (user !== undefined && (await findSubject(activity, userType, user))) ||
    (group !== undefined && (await findSubject(activity, groupType, group))) ||
    undefined;
  return {
    ...(failed && { failed }),
    ...(subject && { subject }),
    ...(credential !== undefined && { credential }),
    ...(since && { since }),
  };
}

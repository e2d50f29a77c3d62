import type { ProfileName, ResourceTypeName } from '../../../lambda/scim/schema/profile';
import { profiles } from '../../../lambda/scim/schema/profiles';
import { type ResourceView, resourceView } from '../../../lambda/scim/schema/view';

/** The view that a case is about: users of identity-center unless it says otherwise. */
export function viewOf({
  profile = 'identity-center',
  type = 'User',
}: {
  profile?: string;
  type?: string;
}): ResourceView {
  return resourceView(profile as ProfileName, type as ResourceTypeName);
}

export const allViews: readonly ResourceView[] = Object.keys(profiles).flatMap((profile) =>
  ['User', 'Group'].map((type) => viewOf({ profile, type })),
);

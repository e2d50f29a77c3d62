import type { ProfileName, ResourceTypeName } from '../../../lambda/scim/schema/profile';
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

export const allViews: readonly ResourceView[] = ['identity-center', 'standard'].flatMap((profile) =>
  ['User', 'Group'].map((type) => viewOf({ profile, type })),
);

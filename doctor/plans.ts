import type { Plan } from './plan';
import conflicts from './plans/conflicts.json';
import credentials from './plans/credentials.json';
import discovery from './plans/discovery.json';
import entraClears from './plans/entra-clears.json';
import entraConnection from './plans/entra-connection.json';
import entraCredentials from './plans/entra-credentials.json';
import entraDelete from './plans/entra-delete.json';
import entraGroups from './plans/entra-groups.json';
import entraPages from './plans/entra-pages.json';
import entraUsers from './plans/entra-users.json';
import noMatch from './plans/no-match.json';
import oktaCatalogueGroups from './plans/okta-catalogue-groups.json';
import oktaCatalogueUsers from './plans/okta-catalogue-users.json';
import oktaCustomGroups from './plans/okta-custom-groups.json';
import oktaCustomUsers from './plans/okta-custom-users.json';
import unknown from './plans/unknown.json';
import wrongToken from './plans/wrong-token.json';

const [first, ...rest] = [
  entraCredentials,
  credentials,
  noMatch,
  wrongToken,
  discovery,
  unknown,
  entraConnection,
  oktaCustomUsers,
  oktaCustomGroups,
  oktaCatalogueUsers,
  oktaCatalogueGroups,
  conflicts,
  entraUsers,
  entraDelete,
  entraGroups,
  entraClears,
  entraPages,
] as readonly unknown[] as readonly [Plan, ...Plan[]];

/** How Entra gets access tokens: the requests go to the token endpoint, and those with an access token to the Base URL. */
export const tokenPlan = first;

/** The doctor's other plans, in order: first those that only read. */
export const plans: readonly Plan[] = rest;

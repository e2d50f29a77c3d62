import type { ProfileName } from '../../lambda/scim/schema/profile';
import { makeId, makeToken } from '../../lambda/tenants/token-format';
import type { Flow } from '../../traffic/flow';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { sendHttp } from '../../traffic/send';
import { flows } from '../cases/flows';
import { withSameNames } from '../traffic/row-lines';
import type { Tenants } from './tenants';

/** The profiles of tenants that get the traffic. */
export const playedProfiles = ['identity-center', 'standard', 'aws-scim-clients'] as const;

const wanted =
  /^(?:okta|entra|aws-guide|aws-scim-clients|idp-scim-sync|ssosync|terraform)\/|^errors\/(?:other-tenant|tokens)$/;

/** The flows that are played to a deployment, for tenants of a profile, by name. */
export function flowsOf(profile: ProfileName): readonly (readonly [string, Flow])[] {
  return flows
    .filter(({ name, profiles }) => wanted.test(name) && profiles.includes(profile))
    .map((flow) => [flow.name, flow] as const);
}

/** Plays a flow to a new tenant. Returns the failures and the tenant. */
export async function play(
  tenants: Tenants,
  flow: Flow,
  profile: ProfileName,
): Promise<{ readonly tenantId: string; readonly failures: string }> {
  const own = await tenants.create(profile);
  const other = await tenants.create(profile);
  const result = await runFlow(withSameNames(flow), {
    ...own,
    profile,
    emptyDirectory: true,
    otherBaseUrl: other.baseUrl,
    otherToken: other.token,
    unknownBaseUrl: tenants.deployment.baseUrl(makeId()),
    unknownToken: makeToken({ tenantId: own.tenantId, credentialId: makeId() }),
    timed: false,
    send: sendHttp,
  });
  return { tenantId: own.tenantId, failures: describeFailures(result) };
}

import type { ProfileName } from '../../lambda/scim/schema/profile';
import { makeId, makeToken } from '../../lambda/tenants/token-format';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import type { Flow } from '../../traffic/flow';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { missingNeeds, type Target } from '../../traffic/target';
import { flows } from '../cases/flows';

const profiles: readonly ProfileName[] = ['identity-center', 'standard', 'aws-scim-clients'];

/**
 * One test per flow of these clients and profile, over HTTP against an endpoint of its own: gateway, authorizer, handlers
 * and engine are the real ones. Each flow has a directory of its own.
 */
export function playFlows(isWanted: (client: string) => boolean): void {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint({ memory: true, port: 0 });
  });
  afterAll(() => endpoint.close());

  const wanted = flows.filter(({ name }) => isWanted(name.split('/')[0] ?? ''));
  const played = profiles.flatMap((profile) =>
    wanted.filter((flow) => flow.profiles.includes(profile)).map((flow) => [profile, flow.name, flow] as const),
  );
  test.each(played)('%s: %s', async (profile, _name, flow) => {
    const { target } = await makeTarget(endpoint, flow, profile);
    expect(missingNeeds(flow, target)).toEqual([]);
    const result = await runFlow(flow, target);
    expect(describeFailures(result)).toBe('');
    expect(result.assertions).toBeGreaterThan(0);
  });
}

/** Makes the tenants that a flow needs: its own, and another one. */
export async function makeTarget(
  endpoint: Endpoint,
  { name }: Flow,
  profile: ProfileName,
): Promise<{ readonly target: Target; readonly own: TenantAccess }> {
  const label = `${name.replace('/', '.')}.${profile}`;
  const own = await endpoint.createTenant({ label, profile });
  const other = await endpoint.createTenant({ label: `${label}.2`, profile });
  const target = {
    baseUrl: own.baseUrl,
    token: own.token,
    profile,
    emptyDirectory: true,
    otherBaseUrl: other.baseUrl,
    otherToken: other.token,
    unknownBaseUrl: own.baseUrl.replace(own.tenantId, makeId()),
    unknownToken: makeToken({ tenantId: own.tenantId, credentialId: makeId() }),
    // A test must not depend on the load of the machine; `scim-admin doctor` checks response times.
    timed: false,
  };
  return { target, own };
}

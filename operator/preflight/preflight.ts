import { findIdentity, type Identity } from '../access/identity';
import { checkBootstrap, checkPermissions } from './account';
import type { Finding } from './finding';
import { checkApiKeys, checkConcurrency, checkLoggingRole, checkSecrets, checkUsagePlans } from './quotas';

const checks: ReadonlyMap<string, (identity: Identity) => Promise<Finding>> = new Map([
  ['Bootstrap', checkBootstrap],
  ['Permissions', checkPermissions],
  ['Lambda concurrency', checkConcurrency],
  ['Usage plans', checkUsagePlans],
  ['API keys', checkApiKeys],
  ['Secrets', checkSecrets],
  ['Logging role', checkLoggingRole],
]);

/**
 * Checks whether a deployment can work with these credentials in this region. Changes nothing. If one check cannot run,
 * the others still do.
 * @param explain describes an error of an AWS client: what was wrong and what to do
 * @throws the client's error if there are no credentials, they are refused, or there is no region
 */
export async function preflight(region: string | undefined, explain: (error: unknown) => string): Promise<Finding[]> {
  const identity = await findIdentity(region);
  const findings = [...checks].map(([name, check]) =>
    check(identity).catch((error: unknown): Finding => {
      const cure = "Ask for the deployer's policy, or check this by hand.";
      return { name, verdict: 'unknown', found: explain(error), cure, remedy: { operation: 'print deployer policy' } };
    }),
  );
  return [
    { name: 'Credentials', verdict: 'ok', found: identity.arn },
    { name: 'Region', verdict: 'ok', found: `${identity.region}, account ${identity.account}` },
    ...(await Promise.all(findings)),
  ];
}

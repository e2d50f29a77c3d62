import type { Log } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import type { Tenant, TokenRecord } from './tenant';

const day = 24 * 3600 * 1000;

/** Days before expiry from which a token is logged every day. */
const noticeDays = 90;

/** A token and the full days until it expires; negative if it has expired. */
export interface TokenLife {
  readonly tenantId: string;
  readonly credentialId: string;
  readonly expires: string;
  readonly daysLeft: number;
}

/**
 * The days left for each token of a tenant. Leaves out the tokens of a disabled tenant, and each token with a successor:
 * another token that expires later and was used later.
 */
function tokenLives({ tenantId, state, tokens }: Tenant, now: Date): readonly TokenLife[] {
  if (state === 'disabled') return [];
  const all = [...tokens.values()];
  return [...tokens]
    .filter(([, token]) => !all.some((other) => succeeds(other, token)))
    .map(([credentialId, { expires }]) => {
      const daysLeft = Math.floor((Date.parse(expires) - now.getTime()) / day);
      return { tenantId, credentialId, expires, daysLeft };
    });
}

function succeeds(other: TokenRecord, token: TokenRecord): boolean {
  return other.expires > token.expires && (other.lastUse ?? '') > (token.lastUse ?? '');
}

/**
 * Logs each token that expires within 90 days or has expired, and the fewest days that any has left, as a metric in
 * CloudWatch's embedded metric format with the dimension `deployment`. Without tokens there is no metric.
 * @throws what `tenants` throws, after what can be told without it
 */
export async function reportExpiry(
  tenants: AsyncIterable<Tenant>,
  log: Log,
  now: Date,
  deployment: string,
): Promise<void> {
  let fewest = Number.POSITIVE_INFINITY;
  try {
    for await (const tenant of tenants) {
      for (const life of tokenLives(tenant, now)) {
        fewest = Math.min(fewest, life.daysLeft);
        if (life.daysLeft <= noticeDays) log({ level: 'warn', message: 'token expires', ...life });
      }
    }
  } finally {
    if (fewest < Number.POSITIVE_INFINITY) {
      log({ level: 'info', ...countsOfDeployment(deployment, now, { DaysToTokenExpiry: fewest }) });
    }
  }
}

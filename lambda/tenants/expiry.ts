import type { Log } from '../telemetry/log';
import { countsOfDeployment } from '../telemetry/metrics';
import { nextEnd } from './client';
import type { Tenant, TokenRecord } from './tenant';

const day = 24 * 3600 * 1000;

/** Days before its end from which a credential is logged every day. */
const noticeDays = 90;

/** A token, or a client with a secret, and the full days until it ends; negative if it has ended. */
export interface CredentialLife {
  readonly message: 'token expires' | 'client secret expires';
  readonly tenantId: string;
  readonly credentialId: string;
  readonly expires: string;
  readonly daysLeft: number;
}

/**
 * The days left for each credential of a tenant. Leaves out those of a disabled tenant, each token with a successor
 * (another token that expires later and was used later), and clients without secrets.
 */
function livesOf({ tenantId, state, tokens, clients }: Tenant, now: Date): readonly CredentialLife[] {
  if (state === 'disabled') return [];
  const all = [...tokens.values()];
  const daysUntil = (end: string) => Math.floor((Date.parse(end) - now.getTime()) / day);
  return [
    ...[...tokens]
      .filter(([, token]) => !all.some((other) => succeeds(other, token)))
      .map(([credentialId, { expires }]): CredentialLife => {
        return { message: 'token expires', tenantId, credentialId, expires, daysLeft: daysUntil(expires) };
      }),
    ...[...clients].flatMap(([credentialId, client]): CredentialLife[] => {
      const end = nextEnd(client, now);
      if (end === undefined) return [];
      return [{ message: 'client secret expires', tenantId, credentialId, expires: end, daysLeft: daysUntil(end) }];
    }),
  ];
}

function succeeds(other: TokenRecord, token: TokenRecord): boolean {
  return other.expires > token.expires && (other.lastUse ?? '') > (token.lastUse ?? '');
}

/**
 * Logs each token and client secret that ends within 90 days or has ended, and the fewest days that any has left, as a
 * metric in CloudWatch's embedded metric format with the dimension `deployment`. Without either there is no metric.
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
      for (const life of livesOf(tenant, now)) {
        fewest = Math.min(fewest, life.daysLeft);
        if (life.daysLeft <= noticeDays) log({ level: 'warn', ...life });
      }
    }
  } finally {
    if (fewest < Number.POSITIVE_INFINITY) {
      log({ level: 'info', ...countsOfDeployment(deployment, now, { DaysToTokenExpiry: fewest }) });
    }
  }
}

import type { Reason as ClientReason } from '../../lambda/oauth/error';
import type { Reason } from '../../lambda/tenants/authorize';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import advice from './refusal-advice.json';

/** A credential that was refused with 401, as the authorizer's log has it. */
export interface Refusal {
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** The reason in the authorizer's words, such as `expired`. */
  readonly reason: string;
  /** Id of the credential that the request named; none for a client that the token endpoint refused. */
  readonly credential?: string;
}

/** All refusals of one credential for one reason. */
export interface Refusals {
  readonly credential?: string;
  readonly label?: string;
  readonly reason: string;
  /** What the reason means, and what to do about it. */
  readonly what: string;
  readonly do: string;
  readonly count: number;
  /** When it was first and last refused in that time: ISO 8601, in UTC. */
  readonly first: string;
  readonly last: string;
}

interface Advice {
  readonly what: string;
  readonly do: string;
}

const reasons: Readonly<Record<Reason | ClientReason, Advice>> & Readonly<Record<string, Advice | undefined>> = advice;

/** For a reason that a later release of the authorizer may have. */
const otherAdvice = { do: 'Create another credential, and paste it into the identity provider.' };

/** The refused credentials of a tenant since a time, those refused last at the end. @throws like `readRefusals` */
export async function countRefusals(
  deployment: Deployment,
  { tenantId, tokens, clients }: Pick<Tenant, 'tenantId' | 'tokens' | 'clients'>,
  since: Date,
): Promise<readonly Refusals[]> {
  const found = new Map<string, Refusals>();
  for await (const { credential, reason, time } of readRefusals(deployment, tenantId, since)) {
    const key = `${credential} ${reason}`;
    const before = found.get(key);
    const { label } = (credential && (tokens.get(credential) ?? clients.get(credential))) || {};
    const { what, do: todo } = { what: reason, ...otherAdvice, ...reasons[reason] };
    found.delete(key);
    found.set(key, {
      ...(credential !== undefined && { credential }),
      ...(label !== undefined && { label }),
      reason,
      what,
      do: todo,
      count: (before?.count ?? 0) + 1,
      first: before?.first ?? time,
      last: time,
    });
  }
  return [...found.values()];
}

/**
 * The refused credentials of a tenant since a time, oldest first, read from the authorizer's log in CloudWatch Logs.
 * Requests that the gateway refuses by itself are not in it: a header that is missing or that is no credential at all.
 * @throws the client's error, such as AccessDeniedException
 */
export async function* readRefusals(
  { authorizerLog: { group, client } }: Deployment,
  tenantId: string,
  since: Date,
): AsyncIterable<Refusal> {
  // Loaded only if needed: no other command reads logs.
  const { CloudWatchLogsClient, paginateFilterLogEvents } = await import('@aws-sdk/client-cloudwatch-logs');
  const logs = new CloudWatchLogsClient({ ...client });
  try {
    const pages = paginateFilterLogEvents(
      { client: logs },
      { logGroupName: group, startTime: since.getTime(), filterPattern: `"unauthorized" "${tenantId}"` },
    );
    for await (const { events = [] } of pages) {
      for (const { timestamp = 0, message = '' } of events) {
        const refusal = toRefusal(message, tenantId, timestamp);
        if (refusal) yield refusal;
      }
    }
  } finally {
    logs.destroy();
  }
}

/** The pattern finds the words anywhere in a line; this looks where they belong. */
function toRefusal(line: string, tenantId: string, timestamp: number): Refusal | undefined {
  const entry = parse(line);
  if (entry.message !== 'unauthorized' || entry.tenantId !== tenantId) return undefined;
  const { reason, credentialId: credential } = entry;
  return {
    time: new Date(timestamp).toISOString(),
    reason: String(reason),
    ...(typeof credential === 'string' && { credential }),
  };
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

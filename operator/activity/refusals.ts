import type { Deployment } from '../connection/open';

/** A credential that was refused with 401, as the authorizer's log has it. */
export interface Refusal {
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** The reason in the authorizer's words, such as `expired`. */
  readonly reason: string;
  /** Id of the credential that the request named. */
  readonly credential: string;
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
  const { reason, credentialId, tokenId } = entry;
  return {
    time: new Date(timestamp).toISOString(),
    reason: String(reason),
    credential: String(credentialId ?? tokenId),
  };
}

function parse(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

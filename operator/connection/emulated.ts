/** Where an emulator serves an API of API Gateway. Both addresses are patterns, with `{tenantId}` for a tenant's id. */
export interface EmulatedAddress {
  /** By path: no name has to be resolved. LocalStack and MiniStack serve it. */
  readonly baseUrlPattern: string;
  /** By host, as AWS does: for an emulator that does not serve the path. */
  readonly byHost: { readonly url: string; readonly host: string };
}

/** A Base URL of API Gateway itself, in the outputs of a stack: id, domain and stage. */
const ofGateway = /^https?:\/\/(([a-z0-9]+)\.execute-api\.[^/]+)(\/([^/]+)\/.*)$/;

/**
 * Returns where an emulator serves the API that a stack's output names: the output has AWS's address, or one that only
 * a DNS server of the emulator's vendor resolves.
 * @param endpoint `AWS_ENDPOINT_URL`
 * @returns undefined on AWS, and for a domain name of the customer's own
 */
export function emulatedAddress(baseUrlPattern: string, endpoint: string | undefined): EmulatedAddress | undefined {
  const [, host = '', id, path = '', stage] = ofGateway.exec(baseUrlPattern) ?? [];
  if (!id || !endpoint || !URL.canParse(endpoint)) return undefined;
  const { origin, hostname } = new URL(endpoint);
  // AWS's own endpoints, for instance of a VPC.
  if (/\.(?:amazonaws\.com(?:\.cn)?|aws|api\.aws)$/.test(hostname)) return undefined;
  const rest = path.slice(`/${stage}`.length);
  return {
    baseUrlPattern: `${origin}/restapis/${id}/${stage}/_user_request_${rest}`,
    byHost: { url: `${origin}${path}`, host },
  };
}

import { placeOfStack } from '../operator/access/policies';
import type { DeploymentFacts } from '../operator/connection/facts';
import type { Place } from '../web/api/console/tenants';

/**
 * What a console works on, for its header.
 * @param stack the name of the stack
 * @param folder the data folder of a local endpoint, if it has one
 */
export function placeOf({ stackId, client, baseUrlPattern }: DeploymentFacts, stack: string, folder?: string): Place {
  if (stackId === undefined) {
    const url = client.endpoint ?? baseUrlPattern;
    return { local: { url, ...(folder !== undefined && { folder }) } };
  }
  const { account, region } = placeOfStack(stackId);
  const emulator = process.env.AWS_ENDPOINT_URL;
  return { aws: { account, region, stack, ...(emulator && { emulator }) } };
}

/** The same in words. */
export function describePlace({ aws, local }: Place): string {
  if (local) return `the endpoint at ${local.url}${local.folder === undefined ? '' : `, data in ${local.folder}`}`;
  return aws ? `stack ${aws.stack} in ${aws.region}, account ${aws.account}` : '';
}

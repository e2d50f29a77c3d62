import type { DeploymentDescription } from '../../deployment/description';
import { defaultMaxTokenDays } from '../../deployment/token-life';
import type { ClientOptions, DeploymentFacts } from '../../operator/connection/facts';
import { findStack } from '../../operator/connection/stack';
import { UnknownDeploymentError } from '../errors';
import { deploymentFromEnvironment } from './deployment';

interface Place {
  readonly deployment?: DeploymentDescription;
  readonly stackName?: string;
  readonly region?: string;
  readonly clientOptions?: ClientOptions;
}

const ways = { grant: 'grantManageTenants', options: 'deployment or stackName' } as const;

/**
 * How to find what must be known of a deployment to manage its tenants.
 * @throws UnknownDeploymentError, OtherReleaseError if the environment must say it and does not
 */
export function factsOf({ deployment, stackName, region, clientOptions = {} }: Place): () => Promise<DeploymentFacts> {
  if (stackName !== undefined && !deployment) {
    const place = { stack: stackName, ...(region === undefined ? {} : { region }) };
    return async () => {
      const found = await findStack(place);
      return { ...found, client: { ...found.client, ...clientOptions } };
    };
  }
  const facts = toFacts(deployment ?? deploymentFromEnvironment(ways), clientOptions);
  return async () => facts;
}

function toFacts(description: DeploymentDescription, client: ClientOptions): DeploymentFacts {
  const { region, baseUrl, secretPrefix, authorizerLog, usagePlans = 'none', ...facts } = description;
  if (baseUrl === undefined || secretPrefix === undefined || authorizerLog === undefined) {
    throw new UnknownDeploymentError(
      'The description of the deployment names its tables only: use that of the construct, which a grant sets.',
    );
  }
  return {
    ...facts,
    baseUrlPattern: baseUrl,
    secretPrefix,
    authorizerLog,
    maxTokenDays: facts.maxTokenDays ?? defaultMaxTokenDays,
    ...(usagePlans === 'emulated' ? {} : { usagePlans }),
    client: { region, ...client },
  };
}

import { type DeploymentDescription, deploymentVariable, descriptionFormat } from '../../deployment/description';
import { type Grant, OtherReleaseError, UnknownDeploymentError } from '../errors';

/** What to do if the environment describes no deployment: the grant that sets it, and the options that say it instead. */
export interface Ways {
  readonly grant: Grant;
  readonly options: string;
}

/**
 * The deployment that the environment describes.
 * @throws UnknownDeploymentError if it describes none
 * @throws OtherReleaseError if another release wrote the description
 */
export function deploymentFromEnvironment({ grant, options }: Ways): DeploymentDescription {
  const text = process.env[deploymentVariable];
  if (text) return readDescription(text);
  throw new UnknownDeploymentError(
    `The environment variable ${deploymentVariable} is not set: call ${grant}() of the ScimEndpoint with this function and ` +
      `deploy, or pass ${options}.`,
  );
}

/** Reads a description. @throws as `deploymentFromEnvironment` */
function readDescription(text: string): DeploymentDescription {
  const described = parse(text);
  if (described?.format !== descriptionFormat) {
    throw new OtherReleaseError(
      `${deploymentVariable} has the format ${String(described?.format)}, and this release reads ${descriptionFormat}: use the ` +
        'same release of serverless-scim in the function as in the deployment, and deploy both.',
    );
  }
  const { region, directoryTable, membershipsTable } = described;
  if ([region, directoryTable, membershipsTable].every((value) => typeof value === 'string' && value !== '')) {
    return described as DeploymentDescription;
  }
  throw new UnknownDeploymentError(
    `${deploymentVariable} does not name the region and both tables: let a grant of the ScimEndpoint set it.`,
  );
}

function parse(text: string): Partial<DeploymentDescription> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    throw new UnknownDeploymentError(`${deploymentVariable} is not JSON: let a grant of the ScimEndpoint set it.`);
  }
}

import type { Construct } from 'constructs';
import { type DeploymentDescription, descriptionFormat } from '../deployment/description';
import { GrantingEndpoint } from './grants';

/** An endpoint that another app deploys, in the same account. */
export class ImportedEndpoint extends GrantingEndpoint {
  constructor(
    scope: Construct,
    id: string,
    readonly description: DeploymentDescription,
  ) {
    super(scope, id);
  }

  protected get keyArns(): readonly string[] {
    const { encryptionKey } = this.description;
    return encryptionKey === undefined ? [] : [encryptionKey];
  }
}

/** The outputs of a stack by their names, as `cdk deploy --outputs-file` writes them. */
export type StackOutputs = Readonly<Record<string, string>>;

/** The description of the deployment that has these outputs. @throws Error that names a missing output */
export function describeOutputs(outputs: StackOutputs): DeploymentDescription {
  const output = (name: string): string => {
    const value = outputs[name];
    if (value !== undefined) return value;
    throw new Error(
      `The outputs have no ${name}: pass all outputs of the stack with the endpoint, which addOutputs() gives it. If an ` +
        'older release deployed it, deploy it again.',
    );
  };
  const { ActivityTable: activityTable, EncryptionKey: encryptionKey } = outputs;
  return {
    format: descriptionFormat,
    region: output('Region'),
    directoryTable: output('DirectoryTable'),
    membershipsTable: output('MembershipsTable'),
    ...(activityTable !== undefined && { activityTable }),
    baseUrl: output('BaseUrl'),
    secretPrefix: output('SecretPrefix'),
    ...(encryptionKey !== undefined && { encryptionKey }),
    ...('UsagePlanLow' in outputs && {
      usagePlans: {
        low: output('UsagePlanLow'),
        standard: output('UsagePlanStandard'),
        high: output('UsagePlanHigh'),
      },
    }),
    ...('PortalUrl' in outputs && {
      portal: { url: output('PortalUrl'), returnUrls: outputs.PortalReturnUrls?.split(' ') ?? [] },
    }),
    maxTokenDays: Number(output('MaxTokenDays')),
    authorizerLog: output('AuthorizerLog'),
  };
}

/** What the CDK returns for a parameter until it has looked it up. */
const notLookedUp = /^dummy-value-for-/;

/** The description that a parameter holds. @throws Error if it holds none, or one of another release */
export function readParameter(name: string, text: string): DeploymentDescription {
  if (notLookedUp.test(text)) return notKnownYet;
  const description = parse(text);
  if (description?.format === descriptionFormat) return description as DeploymentDescription;
  throw new Error(
    `The SSM parameter ${name} does not describe an endpoint of this release: use the name that addSsmParameter() of the ` +
      'endpoint returns, and the same release of serverless-scim in both apps. If the value is an old one, delete it from ' +
      'cdk.context.json.',
  );
}

/** For the first pass of a synthesis: the CDK looks up the parameter after it, and begins again. */
const notKnownYet: DeploymentDescription = {
  format: descriptionFormat,
  region: 'unknown',
  directoryTable: 'unknown',
  membershipsTable: 'unknown',
};

function parse(text: string): Partial<DeploymentDescription> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

import { OperatorError } from '../error';
import { emulatedAddress } from './emulated';
import { type DeploymentFacts, type DeploymentOptions, portalUrl } from './facts';

/** Finds a deployment by the outputs of its CloudFormation stack, in the operator's account. */
export async function findStack({ stack, region }: DeploymentOptions): Promise<DeploymentFacts> {
  // Loaded only if needed: a local endpoint has no stack.
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(region ? { region } : {});
  const where = `in region ${await client.config.region()}`;
  const { Stacks: [found] = [] } = await client
    .send(new DescribeStacksCommand({ StackName: stack }))
    .catch((error: Error) => {
      throw error.name === 'ValidationError' ? noStack(stack, where) : error;
    })
    .finally(() => client.destroy());
  if (!found) throw noStack(stack, where);
  const outputs = new Map(found.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const output = (name: string) => {
    const value = outputs.get(name);
    if (value) return value;
    throw new OperatorError(
      `Stack ${stack} ${where} has no output ${name}. If an older release deployed it, deploy it again. If it has a ScimEndpoint of your own app, call addOutputs() on it and deploy again. Otherwise choose another stack.`,
      { remedy: { operation: 'choose stack' } },
    );
  };
  const encryptionKey = outputs.get('EncryptionKey');
  const activityTable = outputs.get('ActivityTable');
  const emulated = emulatedAddress(output('BaseUrl'), process.env.AWS_ENDPOINT_URL);
  const { baseUrlPattern = output('BaseUrl') } = emulated ?? {};
  return {
    ...(found.StackId ? { stackId: found.StackId } : {}),
    ...emulated,
    baseUrlPattern,
    directoryTable: output('DirectoryTable'),
    membershipsTable: output('MembershipsTable'),
    ...(activityTable ? { activityTable } : {}),
    secretPrefix: output('SecretPrefix'),
    maxTokenDays: Number(output('MaxTokenDays')),
    authorizerLog: output('AuthorizerLog'),
    usagePlans: outputs.has('UsagePlanLow')
      ? { low: output('UsagePlanLow'), standard: output('UsagePlanStandard'), high: output('UsagePlanHigh') }
      : 'none',
    ...(encryptionKey ? { encryptionKey } : {}),
    ...(outputs.has('PortalUrl')
      ? { portal: { url: portalUrl(baseUrlPattern), returnUrls: outputs.get('PortalReturnUrls')?.split(' ') ?? [] } }
      : {}),
    client: region ? { region } : {},
  };
}

function noStack(stack: string, where: string): OperatorError {
  return new OperatorError(
    `There is no stack ${stack} ${where}: check the name of the stack, the region and the AWS account.`,
    { remedy: { operation: 'choose stack' } },
  );
}

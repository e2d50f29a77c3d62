import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/** One output of a deployed stack. @throws Error when it has none of that name */
export async function stackOutput(stack: string, name: string): Promise<string> {
  const client = new CloudFormationClient();
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  client.destroy();
  const value = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  if (value !== undefined) return value;
  throw new Error(`The stack ${stack} has no output ${name}.`);
}

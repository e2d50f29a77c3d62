import type { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { ScimStack } from '../../lib/scim-stack';
import { readSettings } from '../../lib/settings';
import settings from './settings.json';
import { app } from './synthesize';

const {
  directoryTableArn,
  directoryStreamArn,
  membershipsTableArn,
  membershipsStreamArn,
  eventBusArn,
  accessLog,
  ...everything
} = settings.all;

/** Findings without an explanation, as `<rule> at <construct>`. */
function findings(Pack: typeof AwsSolutionsChecks | typeof ServerlessChecks, stack: Stack): string[] {
  const { violations } = new Pack(stack.node.root).validateScope(stack);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
}

const stacks = {
  'by default': () => new ScimStack(app(), 'Test'),
  'with everything that can be asked for': () =>
    new ScimStack(app(), 'Test', { env: { region: 'eu-west-1' }, settings: readSettings(everything) }),
};

describe.each([AwsSolutionsChecks, ServerlessChecks])('%p', (Pack) => {
  test.each(Object.entries(stacks))('leaves nothing unexplained %s', (_, makeStack) => {
    expect(findings(Pack, makeStack())).toEqual([]);
  });
});

test('a finding without an explanation is reported', () => {
  const stack = stacks['by default']();
  new Queue(stack, 'Unexplained');
  expect(findings(AwsSolutionsChecks, stack)).toContain('AwsSolutions-SQS4 at Test/Unexplained/Resource');
});

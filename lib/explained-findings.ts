import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';

/** A finding of cdk-nag that is accepted, and why. */
interface ExplainedFinding {
  readonly rule: string;
  /** Path of the construct in the endpoint; if absent, the whole endpoint. Optional constructs may not exist. */
  readonly at?: string;
  readonly reason: string;
}

/** ARNs with a wildcard in the endpoint's policies. */
export interface Wildcards {
  readonly secrets: string;
  readonly failedRecords: string;
}

const findings: readonly ExplainedFinding[] = [
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'dynamodb:ListStreams, and with tracing the two actions of X-Ray, know no resource.',
  },
  {
    rule: 'AwsSolutions-DDB3',
    at: 'Tables/Activity',
    reason: 'No point-in-time recovery, so that a person who is erased from the activity is gone. Nothing works by it.',
  },
  {
    rule: 'AwsSolutions-S1',
    at: 'Sweeping/FailedRecords',
    reason: 'A private bucket that only Lambda writes and an operator reads; CloudTrail data events tell who did.',
  },
  {
    rule: 'AwsSolutions-APIG2',
    at: 'Api',
    reason: 'The functions validate every request by the schemas, with SCIM errors that name the attribute.',
  },
  {
    rule: 'AwsSolutions-APIG3',
    at: 'Api',
    reason:
      'AWS WAF is there when firewallRateLimit, firewallAllowedAddresses or firewallBlockedAddresses asks for it.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    at: 'Api',
    reason: 'The token endpoint authenticates clients itself, and its metadata is public (RFC 6749, RFC 8414).',
  },
  {
    rule: 'AwsSolutions-APIG6',
    at: 'Api',
    reason:
      'Execution logs can hold headers and bodies: tokens and personal data. The access log and the functions log.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    at: 'Api/RestApi/CloudWatchRole',
    reason: "The account's logging role is asked for by accountLoggingRole; AWS defines its policy.",
  },
  {
    rule: 'AwsSolutions-APIG1',
    at: 'Api',
    reason: 'accessLog or accountLoggingRole turns it on; without the account-wide role it cannot be deployed.',
  },
  {
    rule: 'Serverless-APIGWAccessLogging',
    at: 'Api',
    reason: 'As AwsSolutions-APIG1.',
  },
  {
    rule: 'AwsSolutions-COG4',
    at: 'Api',
    reason: 'Identity providers send a bearer token of ours, which the Lambda authorizer checks; they know no Cognito.',
  },
  {
    rule: 'Serverless-LambdaDLQ',
    reason:
      'The gateway, a stream and a queue wait for the result; the daily schedule repeats a failed look at tokens, and an ' +
      'alarm rings.',
  },
  {
    rule: 'Serverless-LambdaTracing',
    reason: 'Tracing costs each cold start; the property tracing turns it on.',
  },
  {
    rule: 'Serverless-APIGWXrayEnabled',
    at: 'Api',
    reason: 'The property tracing turns it on, together with the functions.',
  },
  {
    rule: 'Serverless-SQSRedrivePolicy',
    at: 'Sweeping/FailedSweeps',
    reason: 'It is itself where messages go that fail; an alarm watches it.',
  },
  {
    rule: 'Serverless-LambdaEventSourceMappingDestination',
    at: 'Sweeping/SecondSweeps',
    reason: "A mapping from SQS takes no destination: the queue's own redrive policy keeps what fails.",
  },
  {
    rule: 'Serverless-EventBusDLQ',
    at: 'Expiring',
    reason: 'An event that only says that a day has passed is not worth keeping; the next one comes tomorrow.',
  },
  {
    rule: 'Serverless-SNSRedrivePolicy',
    at: 'Watching',
    reason: 'An e-mail that cannot be delivered is of no use later; the alarm still shows in CloudWatch.',
  },
];

/** Acknowledges the accepted findings, so that cdk-nag in a user's app reports only others. */
export function explainFindings(endpoint: Construct, { secrets, failedRecords }: Wildcards): void {
  const wildcards: readonly ExplainedFinding[] = [
    {
      rule: wildcardRule(endpoint, secrets),
      reason:
        'One secret per token or client: the authorizer and the token endpoint read any of them by its name, and nothing outside the prefix.',
    },
    {
      rule: wildcardRule(endpoint, failedRecords),
      reason: 'Lambda names the objects that it writes into the one bucket of failed records.',
    },
  ];
  for (const { rule, at, reason } of [...findings, ...wildcards]) {
    const path = at?.split('/') ?? [];
    const found = path.reduce<IConstruct | undefined>((parent, id) => parent?.node.tryFindChild(id), endpoint);
    if (found) Validations.of(found).acknowledge({ id: rule, reason });
  }
}

/** The id of cdk-nag's finding for a wildcard resource: its ARN, with CloudFormation references in angle brackets. */
function wildcardRule(scope: Construct, arn: string): string {
  const resolved: unknown = Stack.of(scope).resolve(arn);
  const parts =
    typeof resolved === 'string' ? [resolved] : (resolved as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
  const text = parts.map((part) =>
    typeof part === 'string'
      ? part
      : `<${Object.values(part as object)
          .flat()
          .join('.')}>`,
  );
  return `AwsSolutions-IAM5[Resource::${text.join('')}]`;
}

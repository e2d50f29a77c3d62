import { Match } from 'aws-cdk-lib/assertions';
import { render, resource, resources, synthesize } from './synthesize';

const mappingType = 'AWS::Lambda::EventSourceMapping';
const mappings = ['SweepingStream', 'SweepingMembershipsStream'];

/** The patterns of which a record must match one to wake the function. */
function filters(mapping: string): unknown[] {
  const { FilterCriteria } = resource(synthesize(), mappingType, mapping).Properties;
  return (FilterCriteria as { Filters: { Pattern: string }[] }).Filters.map(({ Pattern }) => JSON.parse(Pattern));
}

test('resources, marks of unfinished creations and holds of the brake, and nothing else of the directory, wake the function', () => {
  const exists = { S: [{ exists: true }] };
  expect(filters('SweepingStream')).toEqual([
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { modifiedShard: exists } } },
    { eventName: ['REMOVE'], dynamodb: { OldImage: { modifiedShard: exists } } },
    { eventName: ['INSERT'], dynamodb: { NewImage: { creating: exists } } },
    { dynamodb: { NewImage: { held: { N: [{ exists: true }] } } } },
    { dynamodb: { OldImage: { held: { N: [{ exists: true }] } } } },
  ]);
});

test('memberships that come and go wake it too', () => {
  expect(filters('SweepingMembershipsStream')).toEqual([{ eventName: ['INSERT', 'REMOVE'] }]);
});

test.each(mappings)('%s: batches are split and retried, only what failed is delivered again', (mapping) => {
  const { Properties } = resource(synthesize(), mappingType, mapping);
  expect(Properties).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    MaximumBatchingWindowInSeconds: 1,
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(render(Properties.FunctionName)).toBe('SweepingChangesFunction');
});

test.each(mappings)(
  '%s: records that fail go whole into a private bucket that stays when the stack goes',
  (mapping) => {
    const template = synthesize();
    const { Properties } = resource(template, mappingType, mapping);
    const { OnFailure } = Properties.DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(render(OnFailure.Destination)).toBe('SweepingFailedRecords.Arn');
    const bucket = resource(template, 'AWS::S3::Bucket', 'SweepingFailedRecords');
    expect(bucket.DeletionPolicy).toBe('Retain');
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  },
);

test('failed records, which are personal data, are deleted after 90 days and are never sent over plain HTTP', () => {
  const template = synthesize();
  const { LifecycleConfiguration } = resource(template, 'AWS::S3::Bucket', 'SweepingFailedRecords').Properties;
  const { Rules } = LifecycleConfiguration as { Rules: object[] };
  expect(Rules).toEqual([expect.objectContaining({ ExpirationInDays: 90, Status: 'Enabled' })]);
  const refused = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'].flatMap((type) =>
    [...resources(template, type).values()].map(({ Properties }) => {
      const { Statement } = Properties.PolicyDocument as { Statement: object[] };
      expect(Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
      return type;
    }),
  );
  expect(refused.length).toBe(3);
});

test('a second sweep is tried five times, then its message is kept for 14 days', () => {
  const template = synthesize();
  const queue = resource(template, 'AWS::SQS::Queue', 'SweepingSweeps').Properties;
  const redrive = queue.RedrivePolicy as { deadLetterTargetArn: unknown; maxReceiveCount: number };
  expect([render(redrive.deadLetterTargetArn), redrive.maxReceiveCount]).toEqual(['SweepingFailedSweeps.Arn', 5]);
  expect(queue.VisibilityTimeout).toBe(6 * 300);
  expect(queue.SqsManagedSseEnabled).toBe(true);
  const failed = resource(template, 'AWS::SQS::Queue', 'SweepingFailedSweeps').Properties;
  expect(failed.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  template.hasResourceProperties(mappingType, {
    EventSourceArn: Match.objectLike({ 'Fn::GetAtt': Match.arrayWith(['Arn']) }),
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

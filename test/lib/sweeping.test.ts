import { Match } from 'aws-cdk-lib/assertions';
import { render, resource, synthesize } from './synthesize';

test('deleted resources, and nothing else, wake the sweeping, in batches that are split and retried', () => {
  const { Properties } = resource(synthesize(), 'AWS::Lambda::EventSourceMapping', 'SweepingStream');
  const [filter] = (Properties.FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
  expect(JSON.parse(filter?.Pattern ?? '')).toEqual({
    eventName: ['REMOVE'],
    dynamodb: { OldImage: { modifiedShard: { S: [{ exists: true }] } } },
  });
  expect(Properties).toMatchObject({
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(render(Properties.FunctionName)).toBe('SweepingChangesFunction');
});

test('records that fail go whole into a private bucket that stays when the stack goes', () => {
  const template = synthesize();
  const { Properties } = resource(template, 'AWS::Lambda::EventSourceMapping', 'SweepingStream');
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
});

test('a second sweep is tried five times, then kept for 14 days', () => {
  const template = synthesize();
  const queue = resource(template, 'AWS::SQS::Queue', 'SweepingSweeps').Properties;
  const redrive = queue.RedrivePolicy as { deadLetterTargetArn: unknown; maxReceiveCount: number };
  expect([render(redrive.deadLetterTargetArn), redrive.maxReceiveCount]).toEqual(['SweepingFailedSweeps.Arn', 5]);
  expect(queue.VisibilityTimeout).toBe(6 * 300);
  expect(queue.SqsManagedSseEnabled).toBe(true);
  const failed = resource(template, 'AWS::SQS::Queue', 'SweepingFailedSweeps').Properties;
  expect(failed.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: Match.objectLike({ 'Fn::GetAtt': Match.arrayWith(['Arn']) }),
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

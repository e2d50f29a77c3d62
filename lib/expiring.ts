import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as ScheduledFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** The daily schedule of the function `expiry`, which checks when tokens and client secrets end. */
export class Expiring extends Construct {
  /** Runs the function once a day. */
  schedule(expiry: ScheduledFunction): void {
    new Rule(this, 'Daily', {
      description: 'SCIM: checks once a day when tokens and client secrets end',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(expiry, { retryAttempts: 2 })],
    });
  }
}

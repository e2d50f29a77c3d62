import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { type FunctionsProps, ScimFunction } from './functions';
import { readTenants } from './permissions';
import type { Tables, TablesProps } from './tables';

export interface ExpiringProps extends TablesProps, FunctionsProps {
  readonly tables: Tables;
}

/** The function `expiry`, once a day: it says how long the tokens have left. */
export class Expiring extends Construct {
  readonly expiry: ScimFunction;

  constructor(scope: Construct, id: string, props: ExpiringProps) {
    super(scope, id);
    const { tables } = props;
    this.expiry = new ScimFunction(this, 'Expiry', {
      ...props,
      name: 'expiry',
      description: 'SCIM: says once a day how long tokens have left',
      // A page of a thousand tenants is read in a tenth of a second.
      timeout: Duration.minutes(1),
      environment: tables.environment,
      statements: readTenants(tables),
    });
    new Rule(this, 'Daily', {
      description: 'SCIM: looks once a day how long tokens have left',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(this.expiry.lambda, { retryAttempts: 2 })],
    });
  }
}

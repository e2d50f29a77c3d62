import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { PerFunction } from '../deployment/functions';
import type { ScimFunction } from './functions';
import type { Streams } from './streams';
import type { Tables } from './table-constructs';

/** The parts of an endpoint that alarms and dashboard monitor. */
export interface Watched {
  readonly restApi: RestApi;
  /** Requests answered with 429, where there is an access log. */
  readonly throttled: IMetric | undefined;
  readonly tables: Tables;
  readonly functions: PerFunction<ScimFunction>;
  readonly streams: Streams;
  /** Messages that kept failing. */
  readonly failedSweeps: Queue;
}

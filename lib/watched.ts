import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../deployment/functions';
import type { ScimFunction } from './functions';
import type { Streams } from './streams';
import type { Tables } from './tables';

/** The parts of an endpoint that alarms and dashboard monitor. */
export interface Watched {
  readonly restApi: RestApi;
  readonly tables: Tables;
  readonly functions: Readonly<Record<FunctionName, ScimFunction>>;
  readonly streams: Streams;
  /** Messages that kept failing. */
  readonly failedSweeps: Queue;
}

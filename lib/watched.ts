import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { ScimFunction } from './functions';
import type { FunctionName } from './manifest';
import type { Sweeping } from './sweeping';
import type { Tables } from './tables';

/** The parts of an endpoint that alarms and dashboard look at. */
export interface Watched {
  readonly restApi: RestApi;
  readonly tables: Tables;
  readonly functions: Readonly<Record<FunctionName, ScimFunction>>;
  readonly sweeping: Sweeping;
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type Code,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import {
  type FunctionName,
  functionRow,
  functions,
  type GatewayFunction,
  type OptionalFunction,
  type PerFunction,
  type Trigger,
} from '../deployment/functions';

import { bundledCode, type CodeProps } from './bundled-code';
import type { Resources } from './granted';
import { permissions } from './permissions';

/** Options for all functions. */
export interface FunctionsProps extends CodeProps {
  /**
   * Memory of each function, in megabytes. Lambda allocates CPU by memory.
   *
   * @default 1769, which is one full vCPU: a response with 100 users takes 4 ms of CPU, a cold start's
   * first TLS connection 50 ms, and less memory makes both slower
   */
  readonly memorySize?: number;

  /**
   * Reserved concurrency by function. What is reserved for one function is not available to the others in the
   * account.
   *
   * @default - only the account's limit
   */
  readonly reservedConcurrency?: Readonly<Partial<Record<FunctionName, number>>>;

  /**
   * Provisioned concurrency by function: environments that are kept warm, billed by the hour whether used or not. At most
   * the function's reserved concurrency.
   *
   * @default - none: the first request after a pause waits for a cold start
   */
  readonly provisionedConcurrency?: Readonly<Partial<Record<GatewayFunction, number>>>;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether X-Ray traces the API and its functions.
   *
   * @default false
   */
  readonly tracing?: boolean;
}

export interface ScimFunctionProps extends FunctionsProps {
  readonly name: FunctionName;
  readonly code: Code;
  /** The resources that its permissions refer to. */
  readonly resources: Resources;
  /** The URL in responses, instead of the request's. */
  readonly publicBaseUrl: string | undefined;
  /** The URL of the deployer's documentation. */
  readonly documentationUrl: string | undefined;
  readonly removalPolicy?: RemovalPolicy;
  readonly encryptionKey?: IKey;
}

/** A function made from its row and its bundle, with its own role and log group. */
export class ScimFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
  /** What to invoke: the alias with provisioned concurrency if there is one, otherwise the function. */
  readonly target: IFunction;

  constructor(scope: Construct, id: string, props: ScimFunctionProps) {
    super(scope, id);
    const { name, code, resources, encryptionKey } = props;
    const row = functionRow(name);
    const granted = row.permissions.map((permission) => permissions[permission](resources));
    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      ...optional('encryptionKey', encryptionKey),
    });
    // The role that the CDK makes for a function has a managed policy, which allows writing to every log of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(role);
    for (const { statements } of granted) for (const statement of statements) role.addToPolicy(statement);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: row.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      memorySize: props.memorySize ?? row.memory,
      timeout: Duration.seconds(row.timeout),
      environment: {
        ...Object.assign({}, ...granted.map(({ environment }) => environment)),
        ...(row.routes.length > 0 ? optional('PUBLIC_BASE_URL', props.publicBaseUrl) : {}),
        ...(name === 'oauth' || name === 'discovery' ? optional('DOCUMENTATION_URL', props.documentationUrl) : {}),
      },
      ...optional('environmentEncryption', encryptionKey),
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...optional('reservedConcurrentExecutions', props.reservedConcurrency?.[name]),
    });
    const warm = provisioned(props);
    const target = warm ? this.lambda.addAlias('live', { provisionedConcurrentExecutions: warm }) : this.lambda;
    // aws-cdk-lib does not support exactOptionalPropertyTypes: with it, Function does not fit IFunction.
    this.target = target as IFunction;
  }
}

/**
 * Creates the functions of the table, each in the construct of its trigger.
 * @param settings the file `settings.json` beside the bundle of each optional function that is wanted
 */
export function makeFunctions(
  scopes: Readonly<Record<Trigger, Construct>>,
  props: Omit<ScimFunctionProps, 'name' | 'code'>,
  settings: Readonly<Partial<Record<OptionalFunction, object>>>,
): PerFunction<ScimFunction> {
  const code = bundledCode(props);
  const made: Partial<Record<FunctionName, ScimFunction>> = {};
  for (const row of functions) {
    const { name, trigger } = row;
    const own = 'optional' in row ? settings[row.name] : undefined;
    if ('optional' in row && !own) continue;
    const id = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    const log = made.authorizer?.logGroup;
    const resources = { ...props.resources, ...(log ? { authorizerLog: log } : {}) };
    made[name] = new ScimFunction(scopes[trigger], id, { ...props, resources, name, code: code(name, own) });
  }
  return made as PerFunction<ScimFunction>;
}

/** Returns the provisioned concurrency. @throws Error if it is more than the reserved concurrency, which Lambda refuses */
function provisioned({
  name,
  provisionedConcurrency = {},
  reservedConcurrency,
}: ScimFunctionProps): number | undefined {
  const byName: Readonly<Partial<Record<FunctionName, number>>> = provisionedConcurrency;
  const warm = byName[name];
  const reserved = reservedConcurrency?.[name];
  if (warm === undefined || reserved === undefined || warm <= reserved) return warm;
  throw new Error(
    `provisionedConcurrency of ${name} is ${warm}, but reservedConcurrency allows ${reserved} at a time: raise it to at ` +
      `least ${warm}, or keep fewer warm.`,
  );
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
